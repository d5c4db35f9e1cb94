"""The wider language of outcomes: verbs of choosing and of taking on, in any voice, with people as signs."""

from __future__ import annotations

import re
from typing import Final

from prodops.connectors.minutes.constructions import WHEN
from prodops.connectors.minutes.mentions import KNOWN, STRANGER

_WHO: Final = rf"[{KNOWN}{STRANGER}]"
_SET: Final = rf"{_WHO}(?:(?:, | and | & |/){_WHO})*"
_LEAD: Final = rf"^(?:[^\w{KNOWN}{STRANGER}]|so |then |and |ok |okay |finally |honestly |in the end |after \w+ \w+ |long story short |still open[\w ]*)*"
_ADVERB: Final = (
    r"(?:(?:finally|also|then|now|all|just|therefore|hereby|unanimously|quickly|eventually|formally|provisionally"
    r"|both|duly|jointly|instead|basically|kindly|still) )*"
)
_DAY: Final = (
    r"(?:the )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:the )?\d{1,2}(?:st|nd|rd|th)?\b|next \w+|today|now"
    r"|tomorrow|january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|\d{4}"
    r"|(?:the )?(?:spring|summer|autumn|fall|winter|end of|next|start of|new year)"
)
_CHOSEN: Final = (
    r"(?:picked(?! up)|chosen|selected|settled|turned down|refused|rejected|declined|waived|authori[sz]ed|overturned"
    r"|scrapped|shelved|binned|killed(?: off)?|axed|ditched|parked|dropped|ratified|endorsed|upheld|vetoed|overruled"
    r"|retired|sunset|abandoned|capped|halved|called off|brought forward|put (?:off|back|on hold|on ice)|pushed back"
    r"|postponed|deferred|given the (?:go-ahead|nod|green light|all-clear)|signed off|green[- ]?lit|okayed|ok'd|cleared"
    r"|adopted|carried|nodded through|waved through|agreed|decided|approved|accepted|confirmed|allowed"
    r"|granted|allocated|earmarked|ring-fenced|mothballed|frozen|locked(?: in| down)?|cancelled|canceled|ruled out"
    r"|left on the table|taken off the (?:list|table|roadmap)|written off|phased out|laid to rest|wound (?:down|up))"
)
_CHOSE: Final = (
    r"(?:picked|chose|chosen|selected|preferred|backed|settled|plumped|opted|went (?:for|with|ahead)|turned down|gave up on"
    r"|refused|rejected|declined|waived|authori[sz]e[sd]?|overturned|scrapped|shelved|binned|killed|axed|ditched|parked"
    r"|dropped|ratified|endorsed|upheld|vetoed|overruled|retired|abandoned|capped|halved|called off|brought forward"
    r"|put (?:off|back)|pushed back|postponed|deferred|signed off|okayed|ok'd|cleared|adopted|agreed|decided|resolved"
    r"|determined|approved|accepted|confirmed|allowed|granted|allocated|extended|cancelled|ruled(?! nothing)|cut|fixed"
    r"|set|made \w+ (?:the|our|a)|kept|stuck|landed|voted|consented|converged|united|came (?:down|out|round)|bit the bullet"
    r"|said (?:goodbye|no|yes)|took the (?:decision|view)|made (?:the|up) (?:decision|choice|call|our minds)|committed to"
    r"|have chosen|has chosen|froze|locked|gave the (?:go-ahead|nod|green light)|drew (?:a|the) line)"
)
_CHOOSING: Final = (
    r"(?:going (?:with|for|ahead)|settling on|dropping|scrapping|shelving|parking|killing|retiring|rolling back|standardi[sz]ing"
    r"|sticking|freezing|pausing|postponing|deferring|cancelling|abandoning|ditching|binning|sunsetting|phasing out|ruling out"
    r"|reverting|pulling the plug)"
)
_BODY: Final = (
    r"(?:we|all(?: of us)?|everyone|everybody|both|the others|the rest(?: of us)?"
    r"|(?:the |this )?(?:whole |wider |full )?(?:group|team|committee|council|board|meeting|room|members|chair"
    rf"|steering(?: (?:group|committee))?|leadership|leads|directors|trustees|attendees|participants|panel|jury)|{STRANGER})"
)
_WORKS: Final = (
    r"(?:do|send|write|draft|create|open|file|follow|ask|check|reach|talk|look|review|update|post|prepare|organi[sz]e"
    r"|coordinate|investigate|bring|contact|email|ping|submit|publish|circulate|report|document|clarify|fix|raise|provide"
    r"|present|add|pull|pick|grab|chase|call|ring|phone|get|find|sort|align|pair|liaise|arrange|book|order|collect|gather"
    r"|compile|summari[sz]e|tidy|clean|test|measure|design|sketch|build|translate|set|put|drop|turn|come|go|meet|sit|speak"
    r"|tell|inform|notify|remind|invite|socialise|socialize|share|work|handle|own|lead|drive|run|take|make|give|finish"
    r"|complete|deliver|verify|confirm|track|monitor|obtain|furnish|negotiate|price|quote|cost|spec|scope|map|rework|proofread|count|list|compare|evaluate|explore"
    r"|research|study|interview|visit|train|host|migrate|install|configure|deploy|approach|consult|brief|analy[sz]e|calculate|replace)"
)
_WORKING: Final = (
    r"(?:sending|writing|drafting|creating|opening|following|asking|checking|talking|reviewing|updating|preparing|organi[sz]ing"
    r"|chasing|calling|ringing|getting|finding|sorting|arranging|booking|collecting|compiling|tidying|taking|making|putting"
    r"|contacting|fixing|picking|going|doing|looking|handling|running|setting|liaising|aligning|pulling|turning|working)"
)
_ASKED: Final = (
    r"(?:asked|instructed|directed|tasked|charged|requested|mandated|entrusted|delegated|assigned|deputed|nominated|told"
    r"|roped in|volunteered|appointed|designated)"
)
_PLEDGED: Final = (
    r"(?:undertook|undertakes|promised|promises|pledged|committed to|agreed to|agrees to|offered|offers|volunteered|volunteers"
    r"|signed up|stepped up|put (?:his|her|their|a) (?:hand|name) (?:up|down)|raised (?:his|her|their|a) hand"
    r"|(?:kindly )?said (?:he|she|they)(?:'d|'ll| would| will| is going to)|reckons (?:he|she|they) (?:can|could|will)"
    r"|drew the short straw|took it upon|takes it upon|gets to|got the job|has been roped|is down to|left with the job"
    r"|took (?:it|this|that|them|these|the [\w ]{2,25}) (?:on|with|away)|accepted the (?:task|job|action)|stepped forward)"
)
_DECISION: Final = {
    "x_it_is": r"^(?!.*\b(?:agrees?|says?|thinks?|what|how|that|as|know|sure|yes)\b)[\w'-]+ [\w' -]{0,40}(?:it is|it stays|it goes)(?:,? then)?\W*$"
    r"|^[\w' -]{2,30}, then\W*$|, so [\w' ]{1,40} (?:it is|it was)\b",
    "body_chose": rf"{_LEAD}(?:[\w ]{{0,20}}and )?{_BODY} (?:have |has )?{_ADVERB}{_CHOSE}\b",
    "body_chose_later": rf"(?:, |; |\band |\bso |\bbut ){_BODY} {_ADVERB}{_CHOSE}\b",
    "body_are": rf"\b(?:we are|we're|we were|members are|all are|everyone is|committee (?:is|was)|board (?:is|was)) {_ADVERB}"
    r"(?:aligned|agreed?|content|in agreement|unanimous|united|decided|set on|in favou?r|dropping|stopping"
    r"|not (?:doing|going|renewing|buying|building|hiring|moving|changing|pursuing))\b",
    "body_refuses": r"\bwe (?:(?:shall|will) (?:not|no longer) (?:be \w+ing|renew|buy|build|hire|pursue|change)|(?:are|'re) (?:not|no longer) (?:doing|renewing|buying"
    r"|building|hiring|moving|changing|pursuing|offering))\b|^(?:\W*)(?:not doing|not worth)\b",
    "was_chosen": rf"\b(?:is|are|was|were|has been|have been|now) {_ADVERB}(?:to be )?{_CHOSEN}\b|\bit (?:is|was) (?:determined|resolved|fixed)\b",
    "chosen_starts": rf"{_LEAD}(?:{_CHOSEN}|{_CHOOSING})\b(?! (?:or|by whom))",
    "chosen_ends": rf"(?:[:,-] |^[\w ]{{2,40}} ){_CHOSEN}(?:\W*$| (?:for|with|until|as|at|to|on)\b)",
    "over_and_out": r"\b(?:is|are|was|were|it's|that's|that one is|now) (?:now |therefore |officially )?(?:going away|on its way out|out|off the (?:roadmap|table|list)"
    r"|dead|history|no more|gone|final|locked|frozen|fixed|done and dusted|on ice|cancelled)(?:\W*$|,| (?:in|from|by|as of|until|for (?:now|good|this)|then)\b)",
    "goes_ahead": r"\b(?:goes|go|going|went|to go|proceeds?|can go|may go) ahead\b|\bpull(?:ed|ing)? the plug\b|\blands? as\b"
    r"|\bstays? (?:as|on|off|in|at|with|where|put|the)\b|\bremains? (?:as|on|at|where|unchanged)\b|\bship it\b|\bwe(?:'ll| will| can|'re| are)? (?:going to )?live with\b"
    r"|\bon the nod\b|\bnodded\b|\b(?:go|goes|went) it will\b",
    "from_when_starts": rf"^(?:as of|from|starting|beginning|effective|with effect from) (?:{_DAY})",
    "yes_to": r"^(?:a )?(?:clear |firm |unanimous |resounding )?(?:yes|no|go|nod) (?:to|for|on|from) (?!be\b|\w+ing)"
    r"|, no to\b|\bhappy for the\b|\b(?:all|everyone|everybody) (?:is |are )?for it\b|\ball in favou?r\b",
    "leave_given": r"\b(?:green light|go-ahead|nod|blessing|all-clear) (?:for|to|given|from|was|is given|came)\b"
    r"|\b(?:given|gave|got|gets|has|have|received) (?:the |a |its |our )?(?:go-ahead|green light|nod|blessing|all-clear)\b",
    "ruling_label": rf"\b(?:made|taken) the decision\b|^[^\w{KNOWN}{STRANGER}]*(?:ruling|verdict|(?:leadership |final |judgement |group )?call|answer|bottom line|choice|upshot|resolved"
    r"|settled|decision|decided|agreement|outcome|result)\s*(?::|,|-+>?|that\b)",
    "date_moved": rf"\b(?:moved|moves|brought|pushed|shifted|pulled|slips?|put) (?:\w+ )?(?:forward |back |out )?(?:to|until|by|from) (?:{_DAY})",
    "moved_formally": r"\bhereby\b|\bupon motion\b|\bresolved,? that\b|\bmotion (?:duly )?(?:made|carried)|\bthe (?:chair|\xa4) ruled\b",
}  # fmt: skip
_ACTION: Final = {
    "on_plate": rf"\bon {_WHO}'s (?:plate|list|desk|to-do|side)\b|\bin {_WHO}'s (?:court|hands|camp)\b"
    rf"|\b(?:is|are|sits?|stays?|lies|lie|rests?|left|remains?|now|moves?) (?:\w+ )?(?:with|on|to) {_WHO}(?!'s)\b|\bsits with\b"
    rf"|(?:^|\W)(?:over|down|up) to {_WHO} (?:for|to)\b|\bit is {_WHO} who (?:will|is|does|takes)\b|\b{_WHO} (?:is )?on (?:it|the case|point)\b",
    "who_pledged": rf"{_WHO} (?:(?:very |also |then |kindly |has |have )*){_PLEDGED}\b",
    "who_is_asked": rf"{_WHO}(?: and {_WHO})? (?:is|are|was|were|has been|have been|got|gets) (?:also |again |kindly )?{_ASKED} (?:to|with|for)\b",
    "given_to": rf"\b(?:given|handed|assigned|entrusted|delegated|passed|left|allocated|allotted) (?:over )?(?:to|with) {_WHO}"
    rf"|\b(?:falls?|fell|goes|went) to {KNOWN}",
    "by_who": rf"\b(?:will|to|shall|is to|are to|must) be \w+(?: \w+)? (?:\w+ )?by {_WHO}"
    rf"|\bto be \w+(?: \w+)? by (?:the )?(?:\w+ )?(?:team|leads?|group|staff|office)\b",
    "who_is_to": rf"{_SET} (?:is|are) (?:to|going to|about to|due to) (?!be\b|blame)[a-z]+",
    "who_to_work": rf"(?:^|[:;,-] |\. |\band |\bso |\bthen ){_SET} (?:to|will|shall|'ll|would|must|can|should) (?:also |then |kindly |please )?{_WORKS}\b",
    "who_does": rf"(?:{_LEAD}|[:;,] |\band |\bso |\bthen ){KNOWN}(?: (?:also|then|kindly|now))? (?:makes|sends|writes|drafts|checks|asks (?!about|if|how|wh)|calls|rings"
    r"|finds out|picks|grabs|grabbed|picked up|aligns|pairs|prepares|collects|arranges|books|chases|sorts|contacts|opens|follows up"
    r"|looks into|takes|handles|owns|informs|tells|comes back|reports back|circulates|organi[sz]es|talks to|speaks to|sees to|translates|tidies)\b"
    rf"|{KNOWN} (?:and|&) {KNOWN} (?:make|send|write|draft|check|prepare|collect|arrange|book|chase|contact|align|pair|organi[sz]e|test|meet)\b",
    "who_is_doing": rf"{_SET} (?:is|are) (?:also |now )?{_WORKING}\b",
    "who_dash": rf"^{KNOWN} ?(?:-+>?|=+>|:|\u2192) ?(?:(?!\b(?:is|are|was|were|has|have|had|i|we|it|that|this|they|think|yes|no|not|can"
    r"|could|would|should|agree\w*|what|how|why|ok|\w+ed)\b)[^?]){3,50}$",
    "who_chasing": rf"(?:^|, |; ){KNOWN}(?:(?:,| and|/) ?{KNOWN})* (?:chasing|sending|drafting|arranging|booking|collecting|compiling"
    r"|contacting|liaising|sorting|taking (?:it|this|that|the))\b",
    "who_doing_due": rf"{_SET} (?:is|are) (?:also |now )?{_WORKING}\b.*\b(?:by|before|until|for|next|this|on|into the next|after the) (?:{WHEN}|meeting|call|sprint)",
    "dash_who": rf"^[^?{KNOWN}]{{2,60}}(?::|->|=>|\u2192) ?{KNOWN}\W*$|\((?:by )?{KNOWN}(?:,(?! time)[^)]{{2,25}})?\)\W*$|, {KNOWN}\.?$",
    "who_has": rf"{_SET} (?:has|have|got) (?:the|this|that|a first)\b(?! (?:idea|feeling|impression|view|opinion|question|same|problem|point))",
    "who_due": rf"{KNOWN}.*\b(?:by|before|until|due|for|next|on|end of|this|within|over the) {WHEN}\b|\b(?:by|before|until|due) (?:the )?{WHEN}\b.*{KNOWN}",
    "owner_is": rf"\b(?:dri|owner|assignee|lead|responsible|in charge|point person|contact)\b[^.?]{{0,40}}(?:\bis|:|-) ?{_WHO}"
    rf"|{_WHO} (?:is|are) (?:the )?(?:dri|owner|assignee|responsible|in charge|point person)\b|{_WHO} owns?\b",
    "name_called": rf"^{_WHO}, (?:please|could you|can you|would you|would you mind|kindly)\b",
    "back_with": r"\b(?:come|comes|coming|came|get|gets|report|reports|circle) back (?:to us |to the \w+ |to me )?(?:with|on|about|next|by|in|to the)\b|\breadout\b",
    "asked_of_i": rf"\b(?:i'll|i will|i'm going to|let me|leave (?:it|that|this) (?:with|to) me)\b (?:\w+ )?{_WORKS}\b|\bleave (?:it|that|this) (?:with|to) me\b",
    "do_so": r"\b(?:will|to) do so\b|\bhave a (?:go|look|word|chat|think) (?:at|with|about|into)\b|\blook into\b|\bfinds? out\b|\bsit down with\b",
    "not_done_by": r"\b(?:nobody|no one|no-one|none|anybody|anyone|somebody|someone|who|whoever|customers?|users?|service|system|tool|vendor|lessee)\b",
    "who_would": rf"{_WHO} (?:would|could|might|may) \w+",
    "who_did": rf"(?:^|\. |, ){_WHO} (?:\w+ly )?(?:merged|sent|demoed|explained|told|reported|presented|asked|thought|felt|said|gave|did|finished|fixed|wrote|wondered|showed"
    r"|shared|noted|raised|mentioned|remarked|declared|compared|thanked|described|walked|went|was|were|had|has already|already|closed|updated|posted)\b",
    "who_is_state": rf"{_WHO} (?:is|was|are|will be)? ?(?:out|away|back|off|absent|ill|sick|late|missing|on (?:leave|holiday|vacation)|of the opinion|new|happy|keen)\b",
    "not_will": r"\b(?:will not|won't|cannot|can't|does not|doesn't|did not|didn't|not been able)\b",
}  # fmt: skip
_TAKEN_BACK: Final = {
    "reported": r"\b(?:reported|told us|we heard|heard (?:that|from)|informed us|according to|reminded|recalled|was going to|explained|remarked)\b"
    r"|\b(?:last|previous|earlier this) (?:week|month|year|spring|summer|autumn|fall|winter|quarter|time)\b|\b(?:weeks?|months?|years?) ago\b"
    r"|\bearlier this\b|^(?:as|like) (?:agreed|decided|discussed|planned)\b|\b(?:from|in|of) the \w+ meeting\b",
    "elsewhere": r"^(?:\W|and |but )*(?:the |a |our )?(?:customers?|clients?|vendors?|suppliers?|competitors?|court|government|law|regulator"
    r"|marketing|legal|finance|sales|union|bank|landlord|lessee|lessor|agency|users?|parent company|head office|plan was)\b(?! (?:call|approval|to ))",
    "not_made": r"\bno (?:\w+ )?(?:decision|resolution|call|choice|agreement|outcome|vote|conclusion|date|owner)\b|\bnot (?:yet )?(?:agreed|decided|settled|ready|been)\b"
    r"|\b(?:nobody|no one|no-one|nothing|without|neither)\b|\bleft (?:hanging|open|undecided)\b|\bhas not\b|\bhave not\b|\bdid not\b|\bwithout \w+ing\b",
    "outstanding": r"\b(?:(?:is|are|still|remains?) outstanding|still (?:to|needs?|waiting|open(?! from)|pending|missing|no)|unclear|tbc|who knows|key question|remains to be|awaiting|not clear)\b",
    "as_though": r"\b(?:in theory|suppose|what if|perhaps|might|may well|had (?:the|we|they|he|she)\b.*\bwould|would have|wonder(?:ed|ing)?|imagine|either)\b",
    "talk_only": r"\b(?:discussed|talked|walked through|went (?:through|over|round)|compared|weighed|voiced|aired|considered|looked at|a status|an update|news on|gave a)\b",
}  # fmt: skip
PHRASES: Final = {
    "decision": {name: re.compile(words) for name, words in (_TAKEN_BACK | _DECISION).items()},
    "action": {name: re.compile(words) for name, words in (_TAKEN_BACK | _ACTION).items()},
}
"""For `decision` and for `action`: the name of each construction and its pattern, searched in the words with signs."""

SETTLING: Final = frozenset(
    "x_it_is body_chose body_chose_later body_are was_chosen chosen_starts chosen_ends over_and_out goes_ahead yes_to leave_given"
    " ruling_label date_moved moved_formally body_refuses from_when_starts".split()
)
"""Those of a decision that stand on their own."""

BINDING: Final = frozenset(
    "on_plate who_pledged who_is_asked given_to by_who who_is_to who_to_work who_does owner_is name_called asked_of_i dash_who"
    " who_chasing who_doing_due".split()
)
"""Those of an action that stand on their own."""

FIRM: Final = frozenset(
    "on_plate who_pledged who_is_asked given_to by_who owner_is asked_of_i name_called who_doing_due leave_given yes_to x_it_is"
    " from_when_starts body_refuses over_and_out body_chose was_chosen date_moved moved_formally".split()
)
"""Those seldom said of anything else, learned as one, because each of them is seldom said at all."""

HEDGES: Final = frozenset(_TAKEN_BACK) - {"talk_only"} | {
    "who_would",
    "who_did",
    "not_done_by",
    "not_will",
    "who_is_state",
}
"""What takes them back."""

NOT_TAKEN_BACK: Final = {
    **dict.fromkeys(("body_chose", "leave_given"), frozenset({"perfect"})),
    "body_refuses": frozenset({"negated"}),
    **dict.fromkeys(("who_pledged", "who_is_asked", "given_to"), frozenset({"past", "perfect", "done"})),
}
"""The hedges that belong to a construction: `Bo was asked to write` is no report of the past."""

LABELLED: Final = frozenset({"who_dash", "dash_who", "ruling_label", "chosen_ends", "name_called"})
"""Those that are searched with the words before the colon, too: `Slides: Bo`."""
