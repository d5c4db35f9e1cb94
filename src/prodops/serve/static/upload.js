// Takes dropped files and folders, says what would be refused before it is sent, and shows how much is sent.
"use strict";
(() => {
  const form = document.getElementById("upload");
  if (!form) return;
  const inputs = [...form.querySelectorAll("input[type=file]")];
  const chosen = form.querySelector(".chosen");
  const progress = form.querySelector(".progress");
  const refusal = form.querySelector(".banner");
  const send = form.querySelector("button.primary");
  const abort = form.querySelector("[data-abort]");
  const limits = { file: +form.dataset.fileBytes, all: +form.dataset.uploadBytes, files: +form.dataset.files };
  let dropped = [];
  let asked = null;

  const mib = (bytes) => `${Math.max(bytes / 1048576, 0.1).toLocaleString("en", { maximumFractionDigits: 1 })} MiB`;
  const all = () => [
    ...dropped,
    ...inputs.flatMap((one) => [...one.files].map((file) => [file.webkitRelativePath || file.name, file])),
  ];

  const refused = (words) => {
    refusal.hidden = !words;
    refusal.querySelector("p").textContent = words;
  };

  const wrong = (files) => {
    if (!files.length) return "Choose at least one file.";
    if (files.length > limits.files) return `These are ${files.length.toLocaleString("en")} files; ${limits.files.toLocaleString("en")} are taken at once. Send them in parts, or as one .zip file.`;
    const large = files.find(([, file]) => file.size > limits.file);
    if (large) return `${large[0]} holds ${mib(large[1].size)}; up to ${mib(limits.file)} are taken. Split the export, by month for example.`;
    const bytes = files.reduce((sum, [, file]) => sum + file.size, 0);
    if (bytes > limits.all) return `All files together hold ${mib(bytes)}; up to ${mib(limits.all)} are taken. Send them in parts.`;
    return "";
  };

  const show = () => {
    const files = all();
    const bytes = files.reduce((sum, [, file]) => sum + file.size, 0);
    const first = files.slice(0, 3).map(([name]) => name).join(", ");
    const more = files.length > 3 ? ` and ${(files.length - 3).toLocaleString("en")} more` : "";
    chosen.textContent = files.length ? `${files.length.toLocaleString("en")} ${files.length === 1 ? "file" : "files"}, ${mib(bytes)}: ${first}${more}` : "";
    refused(files.length ? wrong(files) : "");
  };

  const walked = async (entry, path) => {
    if (entry.isFile) {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      return [[path + entry.name, file]];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) break;
      found.push(...some);
    }
    const inside = [];
    for (const one of found) inside.push(...(await walked(one, `${path}${entry.name}/`)));
    return inside;
  };

  const ended = (words) => {
    asked = null;
    progress.hidden = true;
    abort.hidden = true;
    send.disabled = false;
    refused(words);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const files = all();
    const words = wrong(files);
    if (words) {
      refused(words);
      return;
    }
    refused("");
    const body = new FormData();
    for (const [name, file] of files) body.append("files", file, name);
    asked = new XMLHttpRequest();
    asked.open("POST", form.action);
    asked.setRequestHeader("Accept", "application/json");
    asked.upload.onprogress = (told) => {
      const bar = progress.querySelector("progress");
      bar.max = told.total;
      bar.value = told.loaded;
      progress.querySelector("p").textContent = `Sending: ${mib(told.loaded)} of ${mib(told.total)}`;
    };
    asked.onload = () => {
      let told = {};
      try {
        told = JSON.parse(asked.responseText);
      } catch {
        told = {};
      }
      if (told.job) location.assign(told.job);
      else ended(told.says || told.detail || "The files were not taken. Sign in again, or reload this page.");
    };
    asked.onerror = () => ended("The connection was cut, and nothing was kept. Send the files again.");
    asked.onabort = () => ended("Stopped. Nothing was kept.");
    progress.hidden = false;
    abort.hidden = false;
    send.disabled = true;
    asked.send(body);
  });
  abort.addEventListener("click", () => asked && asked.abort());
  for (const one of inputs) one.addEventListener("change", show);

  form.querySelector(".drop-here").hidden = false;
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("over");
  });
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    form.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((one) => one.webkitGetAsEntry()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map((file) => [file.name, file]);
    try {
      const found = [];
      for (const one of entries) found.push(...(await walked(one, "")));
      dropped.push(...(entries.length ? found : plain));
    } catch {
      refused("A folder could not be read. Choose it with the button instead.");
    }
    show();
  });
})();
