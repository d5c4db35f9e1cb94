// Shows how far running work is, as it happens; the page is shown anew where more than a bar moves.
"use strict";
(() => {
  const follow = () => {
    const shown = document.getElementById("job");
    if (!shown || !shown.dataset.live) return;
    const events = new EventSource(shown.dataset.live);
    events.onmessage = async (message) => {
      const told = JSON.parse(message.data);
      if (told.state !== shown.dataset.state) {
        events.close();
        await again(shown);
        return;
      }
      const words = document.getElementById("words");
      const bar = shown.querySelector("progress");
      if (words && told.words) words.textContent = told.words;
      if (bar && told.whole) {
        bar.max = told.whole;
        bar.value = told.done;
      } else if (bar) {
        bar.removeAttribute("value");
      }
    };
  };
  const again = async (shown) => {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("job");
      if (!answer.ok || !fresh) throw new Error("no such job");
      shown.replaceWith(document.adoptNode(fresh));
      follow();
    } catch {
      setTimeout(() => location.reload(), 2000);
    }
  };
  follow();
})();
