"""The wordings themselves: one pattern for each construction, searched in folded text."""

from __future__ import annotations

import re
from typing import Final

from prodops.connectors.minutes.subjects import IMPERATIVES, WEAK_IMPERATIVES

_LEAD: Final = r"(?:\W|\d+\W|and |so |then |also |please |next |ok |okay |great\W|yes\W)*"
_ORDERS: Final = "|".join(IMPERATIVES)
_WEAK_ORDERS: Final = "|".join(WEAK_IMPERATIVES)
_PASSED: Final = (
    r"(?:approved|accepted|rejected|declined|ratified|adopted|endorsed|denied|elected|appointed|signed off)"
)
_GROUP: Final = (
    r"(?:we|all|everyone|everybody|both|(?:the |this )?(?:group|team|committee|council|board|meeting|room|call)"
    r"|those (?:present|attending|there)|members|folks|participants|attendees)"
)
_DEED: Final = (
    r"(?!be\b|not\b|the\b|a\b|an\b|that\b|this\b|it\b|all\b|have\b|need\b|want\b|like\b|know\b|see\b"
    r"|likely\b|probably\b|still\b|hear\b)[a-z]{2,}"
)
_POLICY: Final = (
    r"(?:not|use|using|keep(?! (?:\w+ ){1,3}(?:informed|updated|posted))|keeping|have|meet|support|allow|stop|defer|leave|leaving|drop|dropping|adopt|go with"
    r"|going with|stick|move|moving|remove|accept|close|closing|cancel|skip|require|hold|say|call|treat|merge|wait"
    r"|stay|proceed|only)"
)
_WORK: Final = (
    r"(?:do|send|write|draft|create|open|file|follow|ask|check|reach|talk|look|review|update|post|make|take|work on"
    r"|set up|schedule|share|prepare|organi[sz]e|coordinate|investigate|bring|contact|email|ping|submit|propose"
    r"|start|try|put|own|drive|lead|summari[sz]e|publish|circulate|report|document|clarify|fix|discuss|meet|sync"
    r"|raise|provide|present|draw|add|pull)"
)
WHEN: Final = (
    r"(?:(?:the |end of )?(?:next (?:week|meeting|call|month|time)|tomorrow|today|tonight|mon(?:day)?"
    r"|tues?(?:day)?|wed(?:nesday)?|thurs?(?:day)?|fri(?:day)?|weekend|week|month|eod|eow|jan\w*|feb\w*"
    r"|mar(?:ch)?|apr\w*|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|\d{1,2}(?:st|nd|rd|th|/\d)|couple|few))"
)


_MAY: Final = r"(?<!\d )(?<!st )(?<!nd )(?<!rd )(?<!th )(?<!by )(?<!in )(?<!of )(?<!until )(?<!before )(?<!since )(?<!the )(?<!to )may(?! \d)"
"""The verb, not the month."""


def _word(*alternatives: str) -> str:
    return rf"\b(?:{'|'.join(alternatives)})\b"


def _start(*alternatives: str) -> str:
    return rf"^{_LEAD}(?:{'|'.join(alternatives)})\b"


_BEFORE: Final = (
    r"^(?:(?!agree|decid|decision|approv|accept|con[a-z]{1,4}n?sus|concur|declin|conclusion|outcome|resolved|adopt"
    r"|settled|(?:fine|happy|ok|okay|comfortable) with|no objection).)*?"
)
"""Up to the word that settles: what hedges stands before it, not after."""

_SHARED: Final = {
    "question": r"\?[\s\"')\]]*$",
    "if": _word("if", "whether", "unless", "in case", "once", "suppose", "assuming", "when", "as long as", "until we"),
    "might": _word(
        "could", "would", "might", _MAY, "maybe", "perhaps", "possibly", "potentially", r"wonder(?:s|ing)?",
        "ideally", "probably", "likely", r"(?:it is|it's) possible",
    ),
    "opinion": _word(
        "i think", "i feel", "i guess", "i believe", r"i'?m in favou?r", r"feels? like", "seems?", "prefer", "imo",
        "thinks?", "feels", "believes", "don't see", "not sure", "seem to",
    ),
    "should": _word("should", "ought", r"would be (?:good|nice|great|better|helpful|useful)"),
    "negated": _word(
        "not", "never", "nothing", "cannot", "didn't", "doesn't", "haven't", "hasn't", "isn't", "aren't", "wasn't",
        "don't", "can't", "couldn't", "nobody has",
    ),
    "past": _word(
        "was", "were", "had", "did", "previously", "earlier", "ago", r"last (?:week|month|year|time|meeting|call)",
        "already", "recap", "used to", "historically", "in the past", "at the time", "yesterday",
    ),
    "perfect": r"\b(?:has|have|had) (?:been |already |now |just )?\w+(?:ed|en|ne|nt|de)\b",
    "unsettled": _word(
        "tbd", r"to be (?:decided|determined|discussed|agreed)", r"open (?:question|issue)s?", "more discussion",
        r"needs? (?:more )?discussion", "undecided", "unclear", "unresolved", "pending", "waiting",
    ),
    "discussed": r"\bdiscuss(?:ed|ion|ing|ions)?\b",
    "conditional": r"^\W*(?:if|once|when|until|unless|before|after|as soon as|in case)\b",
    "ends_colon": r":\W*$",
    "wants": r"\b(?:would like|i'd like|wants? to|interested in|like to (?:see|have)|looking (?:for|to)|desire|wish|nice to|want)\b",
    "suggests": r"\b(?:suggest(?:s|ed|ion)?|propos(?:e|es|ed|al)|recommend(?:s|ed)?|idea|consider|think about|let'?s"
    r"|we could|we can|feel free)\b",
    "chat_header": r"^(?:\d\d:\d\d(?::\d\d)? )?from .{1,60} to (?:everyone|host|all|me)\b",
    "example": _word(r"e\.?g\.?", r"i\.?e\.?", "for example", "for instance", "such as", "use cases?"),
}  # fmt: skip
_DECISION: Final = {
    "if": _BEFORE + _SHARED["if"],
    "might": _BEFORE + _SHARED["might"],
    "should": _BEFORE + _SHARED["should"],
    "suggests": _BEFORE + _SHARED["suggests"],
    "conditional": _SHARED["conditional"] + r"(?!.*\b(?:agreed|decided|settled|chose|picked|approved)\b)",
    "negated": _BEFORE + _SHARED["negated"],
    "past": _word(
        "previously", "earlier", "ago", r"last (?:week|month|year|time|meeting|call)", "already", "recap", "used to",
        "historically", "in the past", "at the time", "yesterday", "did",
    ),
    "agree_group": rf"\b{_GROUP}(?: present| attending)?(?: have| had| all| also| then| generally| just"
    r"| on (?:the )?call)* (?:agreed?|agrees|concur(?:s|red)?|consent(?:s|ed)?)\b",
    "agree_starts": rf"^{_LEAD}(?:in the end,? |after discussion,? |\w+ly |tentative )*"
    r"(?:agreed (?:to|that|on|upon|not|for)|agreed:|agreement (?:to|that|on|is|was|in (?:the )?(?:meeting|room|call))"
    r"|agree (?:to|that|on)|(?:we )?(?:have|has) agreed)\b",
    "agree_later": r"(?:[,;:.-]|\band\b|\bbut\b|\bon call\b|\bgenerally\b|\btentatively\b|\bit was\b|\bwas\b"
    r"|\bwere\b|\bis\b) (?:it was |was )?agreed(?: (?:to|that|on|upon|not|by all))?\b",
    "agree_noun": r"\b(?:general|broad|rough|overall|full|unanimous|complete|group|team|in) "
    r"(?:agreement|consensus|assent|approval|consent)\b(?! (?:is hard|needed|required))"
    r"|\bagreement (?:was )?reached\b|[:;,-] agreement to \w+|[\[(](?:consensus|agreed)[\])]|\bseveral \+1"
    r"|\bconsent given\b|\bthere (?:is|was) (?:\w+ )?agreement\b",
    "consented": r"^\W*consented\b|\bagreement (?:from|by|among|on call|of) (?:those|all|everyone|the|on)\b|^agreement\W*$",
    "some_agree": r"\bsome (?:agreement|con[a-z]{1,4}n?sus)\b",
    "agree_alone": r"^(?:i )?(?:agreed?|agrees|concur|yes|yep|sure|ok|okay|\+1)\b[.,!\s]|^agreed$",
    "agree_person": r"^(?!all|everyone|we\b|group|and|so|it|was|those)\w+(?: \w+)? (?:also |generally )?"
    r"(?:agrees?|agreed|concurs?|concurred)\b",
    "agree_named": r"\b\w+(?:,| and| &) \w+ (?:both |all )?(?:agrees?|agreed|approves?|concur)\b",
    "agree_with": r"\bagree(?:s|d)? with\b",
    "agree_past": r"\bhad (?:agreed|decided)\b|\b(?:agreed|decided|discussed) "
    r"(?:earlier|previously|before|last|in (?:a |the )?(?:previous|prior|earlier|last))\b"
    r"|\b(?:earlier|previously|already) (?:\w+ )?(?:agreed|decided)\b|\bas (?:agreed|we decided|decided)\b"
    r"|^last (?:week|month|time|meeting)|^previously",
    "consensus": r"^\W*con[a-z]{1,4}n?sus\b(?! (?:check|process|building))"
    r"|\bcon[a-z]{1,4}n?sus (?:is|was|to|that|reached|around|for|among|from)\b"
    r"|\b(?:reached|have|there is|there was) (?:\w+ )?con[a-z]{1,4}n?sus\b",
    "consensus_wanted": r"\b(?:no|not|without|lack|lacking|need|needs|get|seek|seeking|build|building|check|any"
    r"|come to|reach|towards?|driving|do we have|have we|don't have|hard to)\b[\w\s',]{0,24}\bcon[a-z]{1,4}n?sus\b"
    r"|\bcon[a-z]{1,4}n?sus (?:check|building|on how|process)",
    "decided": _word(
        r"decided (?:to|that|on|not|against|by|it)", "it was decided", "determined that", "concluded that",
        "decides to", "resolved to", "(?:tentatively|finally|already now) decided",
    ),
    "decided_starts": _start(
        r"(?:we |group |team |committee )?(?:decided|decide to|chose|voted|approved|accepted|declined|settled)",
    ),
    "decision_is": r"\bdecision (?:is|was|made|taken|to|reached|not)\b|^(?:the |a )?decision\b(?! (?:log|tree|needed))",
    "decide_later": _word(
        "to decide", r"decide (?:if|whether|on|what|how|later)", "a decision", "no decision",
        r"decision[- ](?:making|maker|tree|process|record|template|log|needed|pending)s?",
        r"not (?:yet )?(?:been )?(?:decided|agreed|ready|approved)", "any decisions?",
        r"need\w* (?:a |to make )?decision", "make decisions?", "undecided", r"final decision is (?:at|still|not)",
    ),
    "passed_is": rf"\b(?:is|are|was|were|been|be|now) (?:\w+ly )?{_PASSED}\b",
    "passed_starts": rf"^{_LEAD}(?:discussed,? (?:and |on call,? )*)?{_PASSED}\b",
    "passed_ends": rf"\b{_PASSED}(?: by (?:all|everyone|consensus|voice vote|the \w+|vote|acclamation))?[\s.!*)\]]*$",
    "passed": rf"\b{_PASSED}\b",
    "passed_noun": rf"\b(?:the|of|list of|all|these|any|an?|our|with) {_PASSED} \w+"
    rf"|^{_PASSED} (?!the |by |for |as |with |in |on |to |at |and |until |minutes)\w+s\b"
    rf"|\b{_PASSED} (?:or|/) ?\w+ed\b|\b(?:who|which|that|what)(?:'s| has| have| is| are| was| were| weren't)?"
    rf" (?:been )?(?:\w+ )?{_PASSED}\b",
    "passed_elsewhere": rf"\b{_PASSED} (?:at|from|in|by (?:legal|the (?:board|foundation|vendor)))\b",
    "put_off": _word(
        r"defer(?:red|ring)?", "postponed?", "tabled", r"punt(?:ed)?", r"push(?:ed)? (?:\w+ )?(?:to|back|out)",
        r"move[ds]? (?:\w+ ){0,3}to (?:next|later|\d|the next)", "hold off", "on hold", r"cancel(?:l?ed)?",
    ),
    "put_off_starts": _start(
        "deferred", "defer", "deferring", "postponing", "moving", "pushing", "postponed?", "tabled", "table", "hold off", "put on hold", "on hold", r"punt(?:ed)?", "moved", "pushed", "cancelled",
        "canceled", r"dropp(?:ed|ing)",
    ),
    "leave_starts": _start(
        r"leav(?:e|ing)(?: it| this| as| open)", r"keep(?:ing)? (?:it|this|the) (?:as|open|\w+ as)",
        r"stick(?:ing)? (?:with|to)", "closing", "will not", "won't", "not (?:closing|adding|creating|doing|changing|going)",
    ),
    "dropped": _word(
        "wontfix", "won't fix", "out of scope", r"abandon(?:ed)?", r"deprecate[ds]?",
        r"not (?:pursue|pursuing|include|add|needing|to pursue)", r"will not (?:be|do|support|add|include)",
    ),
    "closed": _word(r"close[ds]?", r"closing (?:this|it|the)", "ship it", "settled", r"finali[sz]ed"),
    "close_this": r"\b(?:close|closing|merge|merging) (?:this|it|the|that|#?\d+|as|out|pr|issue)\b"
    r"|\bclosing th(?:is|at)\b|\b(?:issue|pr|ticket) can be (?:closed|merged)\b",
    "merge": r"\bmerge[ds]?\b",
    "no_objection": r"\bno (?:\w+ )?(?:objections?|concerns?|opposition|dissent|disagreement)\b"
    r"|\bno[ -]one (?:object|disagree)|\bwithout objection|\bnobody object|\bunanim\w+"
    r"|\bhearing (?:affirm|approv|assent)",
    "no_objection_mine": r"\bno (?:objections?|concerns?) (?:from (?:me|my)|on my|here|yet|so far)\b|\bi have no\b"
    r"|\bif (?:nobody|no one|there are no|no) ",
    "hearing_none": r"\bhearing none\b",
    "objection_asked": r"\bany (?:\w+ )?(?:objections?|concerns?|opposed|opposition)\b|\b(?:last|final) call\b",
    "go_with": _word(
        r"go(?:ing)? (?:with|ahead)", "went with", r"stick(?:ing)? with", r"settl(?:ed|ing|e) on",
        r"opt(?:ed|ing)? for", "plan of record", r"standardi[sz]e on", r"proceed(?:ing)? with",
    ),
    "chose": rf"\b{_GROUP} (?:\w+ )?(?:chose|picked|selected|elected|appointed|prefers?)\b"
    r"|^(?:chose|picked|selected) (?:the|a|an)\b",
    "move_on": _word(r"mov(?:e|ing) (?:this |it )?forward", "going forward", "proceed"),
    "keep": r"\b(?:keep(?:ing)?|leav(?:e|ing)|stays?|remains?) (?:\w+ )?(?:as|it|this|the|open|for|in|out)\b",
    "lets": r"^(?:\W|so |ok |okay |then |great\W* |and |yes\W* )*let'?s\b",
    "we_will": r"\bwe(?:'ll| will| shall| are going to)\b",
    "we_policy": rf"\bwe(?:'ll| will| shall|'re| are)(?: now| then| continue to| just)? {_POLICY}\b|\bwe won't\b",
    "will_be": r"\b(?:will|shall|to) be (?:\w+ )?\w+(?:ed|en|t|de)\b",
    "should_be": r"\bshould be\b",
    "will_settle": r"(?:^\W*|[,;:] (?:so |and |but )?|\bso |\band )(?:we )?will (?:now |just |simply )?(?:close|leave|keep|postpone|defer|move"
    r"|merge|drop|skip|not(?! be able)|stay|stick|use|go with|retain|accept|decline|cancel|revisit|hold off|default)\b",
    "settles_by_doing": r"^(?:\W|#?\d+\W+)*(?:clos(?:e|ed|ing)(?! to\b| on\b)|switch(?:ed|ing)? to|renam(?:e|ed|ing)|chang(?:e|ed|ing) the|mov(?:e|ed|ing)"
    r" (?:this |it |\w+ )?to|merged?|merging|remov(?:ed|ing)|dropp(?:ed|ing)|resolved (?:back )?to|retir(?:ed|ing)|bump(?:ed)?)\b",
    "no_time": r"\b(?:for|of|due to|out of|lack of|give back) time\b|\bclose to (?:having )?time\b",
    "agree_mostly": r"\b(?:mostly|partly|largely|almost|nearly|not all) (?:in )?agree",
    "to_be_moved": r"\b(?:to|will) be (?:moved|closed|merged|renamed|dropped|removed|postponed|deferred|cancelled|kept)\b",
    "becomes_arrow": r"^\W*[-=]+> ?\S",
    "outcome": r"^\W*(?:conclusions?|outcomes?|results?|con[a-z]{1,4}n?sus|verdict|resolution|resolved|agreements?"
    r"|decision|upshot|concluded|final call|plan of record)\b\s*(?:[:,-]|is\b|to\b|was\b|that\b)",
    "outcome_label": r"^\W*(?:conclusions?|outcomes?|results?|con[a-z]{1,4}n?sus|verdict|resolution|resolved"
    r"|agreements?|decision|upshot|final call|plan of record)\s*[:-]",
    "plan_is": r"^(?:the |our |current )*plan (?:is|of)\b",
    "voting": _word(r"vot(?:e|es|ed|ing)", "poll", "ballot", "show of hands", "motion", r"straw ?poll"),
    "granted": r"\b(?:is|was|were|been) granted\b|\bthumbs up from (?:all|everyone)"
    r"|\b(?:vote|all|poll)\b.{0,20}\bin favou?r\b",
    "carried": r"\b(?:vote|motion|proposal|resolution|pr|request|policy|agenda)s? (?:[^.]{0,30} )?"
    r"(?:pass(?:ed|es)|carried(?! over| forward)|(?:is|was|are|were) (?:approved|accepted|adopted|declined|rejected))\b"
    r"|\b(?:motion )?seconded\b|\bvoice vote\b|\bnods (?:all )?around\b|^carried\b(?! over| forward| from)",
    "fine_group": rf"\b{_GROUP}(?: (?:on|in) (?:the )?(?:call|room|meeting))?(?: present)?(?:'s|'re| is| are| was| were"
    r"| seem(?:s|ed)?| feels?| felt)?(?: all| generally| also| pretty| ok)* (?:ok|okay|fine|good|happy|comfortable|on board)\b"
    r"(?! (?:job|work|point|discussion|question|idea|place|progress|momentum))",
    "fine_named": r"^\w+(?: \w+)?(?:, \w+(?: \w+)?)*,? (?:and|&) \w+(?: \w+)? ?[:-]? ?(?:are |is |both |all )?"
    r"(?:ok|okay|fine|good|happy|approve|agrees?)\b"
    r"|^\w+, \w+(?:, \w+)* (?:are |all )?(?:ok|okay|fine|good|happy)\b",
    "fine": r"\b(?:ok|okay|fine|good|happy|comfortable) (?:with|to|for|by)\b|\b(?:lgtm|sgtm|sounds good|looks good)\b",
    "answered": r"(?:->|=>|\u2192)\s*(?:yes|no|agreed|approved|ok|done|will|accept|decided)"
    r"|\[(?:yes|no|agreed|approved)\b|\? *(?:yes|no|agreed)\b",
    "minutes_ok": r"\b(?:minutes|agenda)\b.{0,90}\b(?:approved|accepted|adopted)\b"
    r"|\b(?:approved|accepted)\b.{0,40}\bminutes\b",
    "rule": _word("is mandatory", r"(?:is|are|becomes|stays) optional", "has to be", "no longer"),
    "becomes": r"\bmeetings? will (?:be|move|take)|\bwill (?:be|become) (?:the|our|a) (?:new |default|standard|only|main)"
    r"|\bfrom now on\b|\bgoing forward\b|\brename[ds]? \w+ to\b|\bchange[ds]? (?:to|the name)\b",
    "sentiment": r"\b(?:general |overall )?(?:sentiment|feeling) (?:is|was|from|in|of|among)\b|\blanded on\b",
    "bumped": r"\bbump(?:ed)? (?:these |this |it )?(?:topics? )?to\b|\bmov(?:ed|ing)\b[\w\s]{0,20} to (?:the )?(?:next|later|january|february"
    r"|march|april|may|june|july|august|september|october|november|december)\b|\bon hold until\b",
    "called": r"\b(?:made|makes|took|takes|making) the (?:final |hard )?(?:call|decision) (?:to|that|not|on|against)\b"
    r"|\b(?:final |the )?call (?:is|was) to\b|\bgreen[- ]?light(?:ed|s)?\b|\b(?:got|gave|given|gets?|has) the go[- ]ahead\b"
    r"|\bsign(?:ed|s) off on\b|\bthat settles\b|\b(?:which|and that) settles\b|\bsettled (?:on|for)\b|\b(?:is|are|was|were) settled\b"
    r"|\b(?:is|are|was|were) (?:ruled out|shelved|scrapped|parked|locked in|off the table)\b"
    r"|\b(?:ruled out|shelved|scrapped|locked in) (?:the|a|any|our)\b",
    "called_starts": rf"^{_LEAD}(?:ruled out|shelved|scrapped|parked|locked in|green[- ]?lit|signed off|settled)\b",
    "answered_done": r"\?\s*(?:none|no|nope|yes)?\b[\s,.:-]*(?:merged|closed|approved|agreed|accepted)\W*$",
    "ends_settled": r"[\[(](?:consensus|agreed|approved|decided|accepted)[\])]\W*$",
    "fits": r"\b(?:suitable time|good time|works for (?:all|everyone))\b",
    "to_clause": r"\bto (?:add|merge|remove|close|use|include|defer|keep|drop|move|adopt|decline|accept|support"
    r"|rename|deprecate|have|make|be)\b",
}  # fmt: skip
_ACTION: Final = {
    "action_item": r"\b(?:action (?:item|point|for)s?|an action\b|as an action|ai\b:?)(?! (?:bom|profile|model|system))",
    "follow_up": r"\b(?:follow[- ]?ups?|following up|followup)\b",
    "next_step": r"\b(?:next steps?|to-?do\b|homework)\b",
    "i_will": r"\b(?:i(?:'ll| will|'m going to| am going to| plan to| intend to| can)|let me|my plan is to"
    rf"|my next steps?) (?:is |are |to |also |try to )*{_DEED}",
    "we_will": rf"\bwe(?:'ll| will| shall| are going to) (?:also |try to )?{_DEED}",
    "settled_we": r"\b(?:no (?:\w+ )?objections?|agreed|consensus|decided|resolved|decision|outcome|conclusion)\b.{0,50}\bwe(?:'ll| will|'re| are)\b",
    "falls_to": r"\b(?:falls?|fell|is left|left|goes|passed|handed|up|down) to \w+(?: \w+)?(?: and \w+(?: \w+)?)? to \w"
    r"|\b(?:is|are) (?:on|with) \w+ to \w|\bsits with \w|\b(?:is|are) (?:\w+'s|his|her|their|my) (?:job|task|homework) (?:to|until|by|for)\b",
    "we_work": rf"\bwe(?:'ll| will| shall| are going to) (?:also |try to )?{_WORK}\b",
    "he_will": rf"\b(?:he|she|they)(?:'ll| will| is going to| are going to) {_DEED}",
    "will_starts": rf"^(?:\W|also |and |then |but )*will (?:also |try to )?{_DEED}",
    "will_later": rf"(?:[;,-]|\band\b|\bso\b) (?:\w+ )?will {_DEED}",
    "will_do": rf"\b(?:will|'ll|to|can) (?:also |try to )?{_WORK}\b",
    "will_be": r"\b(?:will|'ll) (?:be|not|have|need|likely|probably|still|continue|become)\b|\bwon't\b",
    "done_by": r"\b(?:will|to) be \w+(?:ed|en|t) by\b",
    "group_to": rf"^{_LEAD}(?:all |the |every )*(?:\w+ ){{0,2}}(?:teams?|groups?|leads?|members?|chairs?|owners?"
    rf"|liaisons?|committee|everyone|everybody|folks|maintainers?|council|board|staff)(?: of (?:the )?[\w ]{{2,30}}?)?"
    rf" (?:to|will) (?:/\w+|{_DEED})",
    "in_meeting": r"\b(?:take|taking|taken|takes|over) (?:the )?(?:notes|minutes)\b|facilitat|\bearly\b|\bscribe\b"
    r"|\bmiss (?:the|this|next)|\bbe (?:out|away|absent|late|on (?:holiday|vacation|leave))|\bholiday\b"
    r"|\bvacation\b|\bnew (?:chair|lead)",
    "responsible": r"\b(?:is|are) responsible for\b|\bowners?: \w|\bassigned to \w|\bassignee",
    "volunteers": _word(
        r"volunteer(?:s|ed)", r"offer(?:s|ed|ing)? to", "happy to", "glad to", "willing to", "signed up",
        "steps? up", "able to take", "i volunteer", "can volunteer", "chip in",
    ),
    "volunteers_wanted": r"\b(?:looking for|seeking|wanted|welcome|recruiting|call for)\b"
    r"[\w\s]{0,20}\b(?:volunteers?|help|someone|reviewers?|owner|feedback)\b|^help wanted|\bany volunteers"
    r"|\bneed(?:s|ed)? (?:a |an |more )?(?:volunteers?|help|someone|reviewers?|owner)\b",
    "assign": r"\bassign(?:ed|ing)? (?:this |it )?to \w",
    "will_be_doing": r"\bwill be \w+ing\b",
    "takes": r"\b(?:tak(?:e|es|ing) (?:(?:an?|the|this|that) )?(?:action|pass|point|stab|look|lead|care)|to take\b"
    r"|on (?:the hook|point)|owns? (?:this|that|it|the)|will own|to own|point person|assigned to|in charge of"
    r"|charged with)\b|\bon it\W*$",
    "agreed_to_do": r"\b(?:agreed|promised|committed|undertook|undertakes|offered|volunteered|agrees) to "
    r"(?:do|send|write|draft|take|present|lead|help|look|create|work|review|be|act|serve|provide|follow|share|host)\b",
    "asked_to_do": r"\b(?:asked|requested|tasked|request(?:s|ing)?|asks|asking|encouraged?) (?:that )?"
    r"(?:\w+ ){1,4}(?:to|create|review|write|send)\b",
    "please": _word("please", "pls", "plz"),
    "imperative": rf"^{_LEAD}(?:{_ORDERS}|clean up|come up|figure out|fill in|follow up|pull together|reach out"
    r"|set up)\b(?! (?:is|are|was|were|has|of|from|relates?)\b| -|,)",
    "imperative_later": rf"(?:[.;:]|\bthen) (?:{_ORDERS}|follow up|reach out|set up) "
    r"(?:the|a|an|to|with|up|out|for|in|on|it|them|\w+ to)\b",
    "imperative_weak": rf"^{_LEAD}(?:{_WEAK_ORDERS})\b(?! (?:is|are|was|were|has|of|from|to)\b)",
    "need_to": _word("needs? to", "has to", "have to", "must", "got to", "needed to"),
    "need": r"\bneeds?\b(?! to)|\brequired?\b",
    "by_when": r"\b(?:by|before|until|due|for|on|this|next|end of|later this|over the|in the next|within) "
    rf"{WHEN}\b|\basap\b|\bsoon\b|\btoday\b",
    "plans": r"\b(?:plan(?:s|ning)? to|intend(?:s|ing)? to|aim(?:s|ing)? to|hop(?:e|es|ing) to|working to|going to) "
    rf"{_DEED}",
    "offline": _word(
        "offline", r"async(?:hronously)?", r"on (?:the )?(?:mailing )?list", r"on (?:zulip|slack|discord|github)",
        "mailing list",
    ),
    "with_whom": r"\b(?:(?:meet|talk|sync|work|check|chat|discuss|coordinate|speak|connect|get in touch) (?:up )?"
    r"(?:with|to)|reach(?:ing)? out|circle back|get back to|report back|bring (?:this|it|up)"
    r"|take (?:this|it) (?:to|offline))\b",
    "to_starts": rf"^{_LEAD}to {_DEED}",
    "waiting": r"\b(?:waiting (?:for|on)|blocked on|in progress|is looking|looking into|is writing|is working"
    r"|are working|has started|is drafting|working on|underway|moving forward with)\b",
    "done": r"^(?:\W|[\w'.]+ ){0,3}(?:has |have |was |were |just |already )?(?:done|completed|finished|merged|sent"
    r"|submitted|posted|published|closed|updated|showed|demoed|presented|gave|shared|noted|raised|explained|mentioned"
    r"|said|discussed|talked|reviewed|reported|asked (?:if|about|whether)|took(?! (?:(?:it|this|that|these|them|both) )?(?:on|over)\b)|opened|created|wrote|added)\b",
    "invitation": r"\bplease (?:let|reach|contact|feel|join|object|see|note|come|report|go|vote|check what)\b"
    r"|\blet (?:us|me) know\b|\bfeel free\b|\bif (?:you|folks|anyone|people)\b|^(?:join|contact|watch|see|subscribe)\b",
    "handle": r"(?<![\w.])@[a-z][\w-]+",
    "box": r"^\[ ?\]",
    "can_do": r"\bcan (?:help|take|do|send|write|create|work|look|reach|make|talk|review|share|provide|set|put|volunteer"
    r"|draft|own|drive|also)\b",
    "modal_it": r"\b(?:it|this|that|which|there|who|what|these|those|you|users?|people|tools?|release|spec|model"
    r"|version|meeting|project)s? (?:will|would|to|can)\b",
}  # fmt: skip
PATTERNS: Final = {
    "decision": {name: re.compile(words) for name, words in (_SHARED | _DECISION).items()},
    "action": {name: re.compile(words) for name, words in (_SHARED | _ACTION).items()},
}
"""For `decision` and for `action`: the name of each construction and its pattern."""

SETTLING: Final = frozenset(
    "agree_group agree_starts agree_later agree_noun consensus decided decided_starts decision_is passed_starts"
    " passed_ends passed_is put_off_starts no_objection carried outcome minutes_ok go_with chose we_policy"
    " fine_group fine_named called called_starts answered_done ends_settled close_this granted sentiment bumped under_outcome consented will_settle settles_by_doing yes_to_question".split()
)
"""The constructions of a decision that stand on their own."""

BINDING: Final = frozenset(
    "i_will we_work he_will will_starts will_later volunteers takes agreed_to_do imperative action_item follow_up"
    " next_step please to_starts group_to done_by name_will name_takes name_stays capital_will capital_takes"
    " responsible falls_to later_will later_takes assign owner_ends owner_label person_orders".split()
)
"""The constructions of an action that stand on their own."""

HEDGES: Final = frozenset(
    "question if might should past perfect negated opinion wants goal_label proposal_label note_label suggests"
    " no_time agree_mostly agree_spoken unsettled example decide_later agree_past consensus_wanted no_objection_mine hearing_none passed_noun"
    " passed_elsewhere conditional ends_colon in_meeting settled_we volunteers_wanted invitation chat_header done".split()
)
"""What takes a construction back: a question, a condition, a wish, a report of the past."""

STARTING: Final = tuple(
    (name, kind) for kind, names in (
        ("decision", "agree_starts decided_starts passed_starts put_off_starts leave_starts outcome consensus"),
        ("action", "imperative will_starts to_starts"),
    ) for name in names.split()
)  # fmt: skip
"""The constructions that begin a sentence or, after a dash or a colon, a clause."""
