"""Messages of customers, development family."""

from __future__ import annotations

from prodops.simulate.texts.library import RequestTexts

TEXTS = RequestTexts(
    needs=(
        (
            "Export to a spreadsheet",
            (
                "we need to export {area} to a spreadsheet",
                "there is no way to get {area} data out as a table",
                "please let us download {area} as rows and columns",
            ),
        ),
        (
            "Single sign-on",
            (
                "our security team asks for single sign-on",
                "people must log in to {area} with their company account",
                "we cannot roll out {area} without single sign-on",
            ),
        ),
        (
            "Bulk edit",
            (
                "changing {area} one by one takes hours",
                "please add bulk edit to {area}",
                "we have to touch two hundred entries in {area} by hand",
            ),
        ),
        (
            "Faster loading",
            (
                "{area} takes half a minute to load",
                "the {area} page is slow every morning",
                "waiting for {area} has become a running joke here",
            ),
        ),
        (
            "Audit log",
            (
                "we need to see who changed what in {area}",
                "auditors want a history of {area}",
                "somebody changed {area} and we cannot tell who",
            ),
        ),
        (
            "Mobile access",
            (
                "{area} is unusable on a phone",
                "our field staff need {area} on mobile",
                "please bring {area} to the mobile client",
            ),
        ),
        (
            "Roles and permissions",
            (
                "everyone can see everything in {area}",
                "we need finer roles in {area}",
                "guests should not be able to edit {area}",
            ),
        ),
        (
            "Undo",
            (
                "a wrong click in {area} cannot be undone",
                "please add undo to {area}",
                "we lost a day of work in {area} without a way back",
            ),
        ),
        (
            "Dark mode",
            ("{area} is far too bright at night", "a dark theme for {area} would help our night shift"),
        ),
        (
            "Public interface",
            (
                "we want to read {area} from our own scripts",
                "is there an API for {area}",
                "connecting {area} to our warehouse is not possible",
            ),
        ),
        (
            "Notifications",
            (
                "{area} sends far too many mails",
                "let us choose which {area} notifications we get",
                "I miss the one {area} mail that matters",
            ),
        ),
        (
            "Search",
            (
                "search in {area} does not find part numbers",
                "I cannot find old entries in {area}",
                "please search inside attachments in {area}",
            ),
        ),
        (
            "Two currencies",
            ("we bill in two currencies and {area} knows one", "{area} rounds foreign amounts wrongly"),
        ),
        (
            "Custom fields",
            ("we need our own fields in {area}", "{area} has no place for our contract number"),
        ),
        (
            "Recurring entries",
            ("we enter the same thing in {area} every month", "please let {area} repeat an entry"),
        ),
        ("Templates", ("every project in {area} starts from nothing", "let us save a template in {area}")),
        (
            "Import errors",
            ("the import into {area} stops at the first error", "{area} does not say which row is wrong"),
        ),
        ("Languages", ("{area} is only available in English", "our colleagues need {area} in Portuguese")),
        ("Archive", ("old entries clutter {area}", "we want to archive in {area} without deleting")),
        (
            "Approval step",
            ("nothing stops a mistake in {area} from going out", "we need a second pair of eyes in {area}"),
        ),
        ("Time zones", ("{area} shows times of another zone", "meetings in {area} move by an hour in March")),
        (
            "Share with guests",
            ("we cannot show {area} to our own customers", "please add a read-only link to {area}"),
        ),
        (
            "Limits",
            (
                "{area} stops at 500 entries without a word",
                "raise the limit in {area} or say that there is one",
            ),
        ),
        ("Keyboard access", ("{area} cannot be used without a mouse", "please add shortcuts to {area}")),
    ),
    openings=("Hello,", "Hi team,", "", "Good morning,", "Quick one:", "As discussed with {company}:", ""),
    reasons=(
        "It blocks our rollout.",
        "We lose about an hour a day on this.",
        "Our renewal depends on it.",
        "Several colleagues asked for the same.",
        "It is fine for now, but not for long.",
        "",
        "We have built a workaround that nobody likes.",
    ),
    closings=("Thanks!", "Is this planned?", "", "Best regards", "Please let me know either way.", ""),
    again=(
        "I asked about this some weeks ago and heard nothing.",
        "Following up on my earlier message.",
        "Any news on this?",
        "This is the third time we write about it.",
    ),
    questions=(
        ("How do I reset my password?", "I cannot log in and the reset mail does not arrive."),
        ("Invoice address", "Please change the address on our invoices."),
        ("Where is the settings page?", "The manual mentions a settings page that I cannot find."),
        ("Add a user", "How do I invite a colleague to our workspace?"),
        ("Page does not open", "Since this morning I get an error when I open my workspace."),
        ("Change plan", "We would like to move to the larger plan from next month."),
        ("Delete test data", "Please remove the test project we made during the trial."),
        ("Connection lost", "The app says that it is offline although everything else works."),
    ),
    answers=(
        "Thank you for writing. I have passed this on to the product team.",
        "Thanks for the report, we are looking into it.",
        "Thank you. I have added your vote to our list.",
        "We are sorry for the trouble. Could you send a screenshot?",
    ),
    yes=(
        "Good news: we have decided to build this, it is on the plan for the coming quarter.",
        "Decision: yes. The team starts on it next month.",
    ),
    no=(
        "We have decided not to do this, because it would make the common case slower.",
        "Decision: no. It conflicts with how workspaces are isolated.",
    ),
    later=(
        "Decision: later. We will look at it again after the permissions work.",
        "We have decided to wait with this until the new index is in place.",
    ),
    auto_close="This ticket was closed automatically because there was no activity.",
    merged="This request was closed and merged into request #{target}.",
    solved=(
        "I hope that helps. I am marking this as solved.",
        "Done, please try again.",
        "Fixed on our side.",
    ),
)
