"""Messages of customers, test family."""

from __future__ import annotations

from prodops.simulate.texts.library import RequestTexts

TEXTS = RequestTexts(
    needs=(
        (
            "CSV download",
            (
                "finance wants {area} figures in Excel",
                "copying {area} into sheets cell after cell is our Friday job",
                "where is the download button for {area}",
            ),
        ),
        (
            "SSO support",
            (
                "IT refuses another password for {area}",
                "we expected SAML for {area} by now",
                "offboarding people from {area} is manual and auditors noticed",
            ),
        ),
        (
            "Mass update",
            (
                "I clicked 340 times in {area} today to change one value",
                "selecting many {area} records at once would spare us days",
                "there should be a multi-select in {area}",
            ),
        ),
        (
            "Performance",
            (
                "{area} freezes with our data volume",
                "opening {area} takes longer than making coffee",
                "{area} has got sluggish since spring",
            ),
        ),
        (
            "Change history",
            (
                "a record in {area} changed and nobody admits it",
                "compliance requires a trail of edits for {area}",
                "can {area} show older versions",
            ),
        ),
        (
            "Tablet and phone",
            (
                "our drivers cannot open {area} on their handsets",
                "buttons in {area} are too small for fingers",
                "an app for {area} would make our warehouse happy",
            ),
        ),
        (
            "Access levels",
            (
                "interns can delete things in {area}",
                "managers should see {area} for their own region and no further",
                "view-only seats for {area} are missing",
            ),
        ),
        (
            "Restore deleted items",
            (
                "I removed the wrong row in {area} and it is gone",
                "a recycle bin in {area} would have saved my weekend",
                "reverting in {area} means calling support",
            ),
        ),
        ("Night theme", ("{area} burns my eyes on late shifts", "black background in {area}, please")),
        (
            "REST endpoint",
            (
                "our developers need to pull {area} nightly",
                "no webhooks from {area}, so we scrape it",
                "do you document an interface for {area}",
            ),
        ),
        (
            "Alert settings",
            (
                "forty e-mails from {area} before lunch",
                "I muted {area} and then missed an outage",
                "alerts from {area} cannot be tuned per person",
            ),
        ),
        (
            "Finding things",
            (
                "typing an order number into {area} returns nothing",
                "filters in {area} forget what I chose",
                "full-text lookup in {area} would help us a lot",
            ),
        ),
        (
            "Foreign currencies",
            (
                "francs do not exist in {area}",
                "exchange rates in {area} are a day old",
            ),
        ),
        (
            "Additional attributes",
            (
                "cost centres sit in the comment of {area}",
                "{area} lacks a VAT id",
            ),
        ),
        (
            "Schedules",
            ("each Monday somebody retypes last week's {area}", "a cron-like option in {area} is overdue"),
        ),
        ("Presets", ("starting from a blank {area} is tedious", "could {area} remember our standard set-up")),
        (
            "Upload problems",
            (
                "{area} said error 17 and no more",
                "half of the lines vanish when we load {area}",
            ),
        ),
        ("Localisation", ("French offices will not adopt {area} in English", "{area} mixes two languages")),
        (
            "Hide old items",
            ("{area} lists stuff from 2019 on top", "closed cases crowd {area}"),
        ),
        (
            "Sign-off workflow",
            (
                "drafts in {area} reach clients unchecked",
                "our quality lead must confirm {area}",
            ),
        ),
        (
            "Clock settings",
            ("{area} thinks we live in London", "deadlines jump when summer time starts"),
        ),
        (
            "External viewers",
            (
                "our suppliers would like to look into {area}",
                "I paste screenshots of {area} all day",
            ),
        ),
        (
            "Quota",
            (
                "we hit an invisible ceiling in {area} on Tuesday",
                "ten thousand records in {area} is too little for us",
            ),
        ),
        ("Accessibility", ("screen readers stumble over {area}", "tabbing through {area} goes in circles")),
    ),
    openings=("Dear support,", "Hey,", "", "To whom it may concern,", "Hi there -", "{company} here.", ""),
    reasons=(
        "Two of our sites wait for it.",
        "My boss keeps asking.",
        "We are comparing you with another vendor right now.",
        "It would be nice, no rush.",
        "Our contract ends in autumn and this will come up.",
        "",
        "Right now an intern does it by hand.",
    ),
    closings=("Cheers", "What is your timeline?", "", "Kind regards", "Awaiting your reply.", ""),
    again=(
        "Second attempt, my first mail went unanswered.",
        "Bumping this.",
        "Did anybody look at my request from last quarter?",
        "We raised this before and were told to be patient.",
    ),
    questions=(
        ("Locked out", "Too many attempts, and now my account is blocked."),
        ("VAT number wrong", "The bill shows our old tax number."),
        ("Cannot find the log-out", "Silly question, where did the button go?"),
        ("New starter", "Please tell me what to click to give a new starter access."),
        ("White screen", "All I get is a white screen in every browser."),
        ("More seats", "Could you quote us twelve additional seats?"),
        ("Sandbox", "Our trial area is full of nonsense, can you wipe it?"),
        ("Sync icon spinning", "The little arrow has been turning for an hour."),
    ),
    answers=(
        "Appreciate you reaching out, your note has reached our PMs.",
        "Understood. One of us is checking and will come back to you.",
        "That is useful to know, I put it on record with your name.",
        "Apologies for the hassle. Which browser do you use?",
    ),
    yes=(
        "You asked, and it is coming: work begins in the next cycle.",
        "Approved by the product group, expect it within two releases.",
    ),
    no=(
        "After careful thought this is not something we will add; it would complicate things for most users.",
        "The answer is no for now and for the foreseeable future, since it breaks our security model.",
    ),
    later=(
        "Not yet. The group wants to revisit it once the new billing engine is live.",
        "We like it but postponed it until the second half of next year.",
    ),
    auto_close="We have not heard from you, so our system archived this case.",
    merged="Duplicate: please follow ticket #{target} instead.",
    solved=(
        "Sorted now, have a great day.",
        "Reset on my end, it should work again.",
        "Glad we could clear that up. Closing.",
    ),
)
