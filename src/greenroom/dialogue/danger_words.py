"""The words by which danger is recognised: concepts, ways of talking, and what is made of them.

All of it is compared with speech that `danger` has made plain: lower case, "I can't" as "i can not", fillers
gone, "nobody" for "no one", "," and "|" for where a clause or a sentence ends. `<name>` stands for a concept.
"""

from __future__ import annotations

from collections.abc import Mapping

CONCEPTS: Mapping[str, str] = {
    # A few words in between, or the sentence so far; `own` are such that speak of nobody else.
    "one": r"(?: \w+)?",
    "two": r"(?: \w+){0,2}",
    "few": r"(?: \w+){0,3}",
    "some": r"(?: \w+){0,5}",
    "rest": r"[^|]{0,120}",
    "own": r"(?: (?!<other>\b)\w+){0,5}",
    "other": (
        r"(who|whose|he|she|they|people|patients?|clients?|callers?|pupils?|students?|him|her|them|friends?"
        r"|brother|sister|son|daughter|colleague|cousin|uncle|father|mother|neighbour|somebody|classmate"
        r"|boss|girlfriend|boyfriend|husband|wife)"
    ),
    # "I", said or left out: "kept thinking about it".
    "me": r"(i<own>|[|,](?: (?!<other>\b)\w+){0,2})",
    # Where a thought ends: what follows belongs to another one.
    "end": (
        r"(?= [|,]| (and|but|because|since|so|or|then|i|not|anywhere|today|tonight|now|after|please|sorry"
        r"|for me|anyway|at all|in anything|with life|with my life|like this|like that|much longer"
        r"|much more)\b|$)"
    ),
    "like_me": r"(somebody|people|a person|persons|a man|a woman|a guy|a girl|anybody) like me",
    "mean": (
        r"(want|wanted|wanting|wish|wished|need|urge|love|going|plan|plans|planned|planning|intend"
        r"|decided|about|tempted|ready|will|would|might|may|should|must|shall|thinking|think|thinks"
        r"|thought|thoughts|idea|feel|feeling|keep|kept|start|started|stop|try|trying|tried"
        r"|considering|considered|imagine|imagining|rather|let me|used|like|of|by|have been)"
    ),
    "will": (
        r"(want to|wanting to|going to|will|plan to|planning to|ready to|decided to|intend to|need to"
        r"|tempted to)"
    ),
    "would": (
        r"(could|would|might|may|should|feel like|felt like|thought about|thought of|think about|think of"
        r"|thinking about|thinking of|imagine|imagining|wanted to|tried to|wish i could|been about to|was"
        r" about to|was going to|nearly|almost)"
    ),
    # What may follow "not want to live" without making it harmless.
    "on": (
        r"( any more| like this| like that| this way| with (this|it|that|myself|what)| with the (pain|guilt"
        r"|shame)| in (this|a) world| in pain| through this| another day| tomorrow| in the morning| ever"
        r"| again| at all| without (him|her|them|you))*<end>"
    ),
    "kill": (
        r"(kill|killing|hang|hanging|drown|drowning|shoot|shooting|stab|stabbing|poison|poisoning"
        r"|strangle|suffocate|unalive|unaliving|finish off|do away with|make away with|get rid of)"
    ),
    "harm": r"(harm|harming|hurt|hurting|cut|cutting|burn|burning|injure|injuring|starve|starving)",
    "die": (
        r"(die|be dead|not be alive|not exist|stop (living|existing|being alive)|cease to exist"
        r"|never wake up|not wake up|never have been born|go to sleep (for ever|and (not|never) wake up)"
        r"|sleep (for ever|and (not|never) wake up))"
    ),
    "people": (
        r"(everybody|anybody|they|you|people|he|she|my \w+|my \w+ \w+|the (\w+ )?\w+|others|world|mum|mom|dad"
        r"|all of them|all of you|it|things|life|everything)"
    ),
    "gone": (
        r"(gone|dead|not here|not around|no more|not alive|not in (their|his|her|your) li(fe|ves)|out of"
        r" the way|out of the picture)"
    ),
    "pills": r"((sleeping |heart )?(pills?|tablets?)|painkillers|paracetamol|meds|medication|insulin)",
    "weapon": r"(gun|rope|noose|razor|razors|razor blades?|blades?|pistol|rifle)",
    "height": r"(bridge|roof|rooftop|cliff|balcony|building|ledge|tower|viaduct|car park|window)",
    "belongings": (
        r"(things|stuff|belongings|clothes|books|guitar|piano|car|bike|savings|watch|jewellery"
        r"|records|camera|possessions)"
    ),
    "rails": r"(train|trains|tram|bus|cars?|truck|lorry|traffic|tube|tracks?|rails)",
    # What an embarrassed person dies of, and who or what made it so.
    "dread": (
        r"(embarrassment|shame|boredom|laughter|laughing|fright|awkwardness|nerves|nervousness|thirst"
        r"|hunger|cold|heat|curiosity|happiness|joy|relief|excitement|envy|stage fright|cringe"
        r"|humiliation|exhaustion|tiredness|it|that)"
    ),
    "others": (
        r"(he|she|they|it|everybody|nobody|somebody|one of them|the \w+|my (phone|laptop|mind|stomach"
        r"|voice|mother|mum|chair|ringtone|alarm|screen|camera|battery|slides)|that \w+|his \w+|her \w+"
        r"|their \w+)"
    ),
    "did": (
        r"(laughed|laugh|said(?! no)|read|asked|looked|stared|called|corrected|rang|saw|showed|noticed"
        r"|pointed|heard|interrupted|repeated|smiled|yawned|sighed|came|walked|went|fell|froze|crashed"
        r"|answered|opened|spoke|started|told|found|realised|caught|was|were|had)"
    ),
    # What somebody at work gives up, leaves or tires of: then it is not life.
    "work": (
        r"(job|jobs|work|working|role|career|company|firm|industry|position|team|panel|interview"
        r"|interviews|interviewing|process|question|questions|answer|answers|test|tests|task|exercise"
        r"|project|meeting|meetings|manager|boss|recruiter|recruiters|application|applications|applying"
        r"|presentation|presenting|office|salary|sales|rejection|rejections|commute|call|calls|round"
        r"|rounds|case|cv)"
    ),
}

DENIALS = (
    r"(?<!why )(not|never)\b( (want|wanting|going|planning|think|thinking|feel|feeling|be|at all|would|do"
    r"|ever|trying|need|have|should|will|let|dare|wish|intend|plan|to|of|about|like))* (<kill>|<harm>|die"
    r"|dying|suicidal|suicide|be dead|ending my life|end my life)\b( (myself|over|or|and|to|kill|hurt"
    r"|harm|anything))*",
    r"without (killing|hurting|harming|cutting|burning|hanging|drowning) myself",
    r"(no (longer|more)|not|without)( (have|having|any|more))* suicidal (thoughts|feelings|ideas)",
    r"(no|no (longer|more)|without)( (have|having|any))* thoughts of (ending|taking) my (own )?life",
    r"(no|without) (suicidal )?thoughts of (<kill> myself|<harm> myself|suicide|dying)",
)
"""Somebody says that they do not: no sign of danger, unless a "but" follows."""

WAYS_OF_TALKING = (
    # To die of it.
    r"(die|dead|kill myself|shoot myself)( right there| a little| a bit)? (of|from|with) (the |pure "
    r"|sheer |my )*<dread>",
    r"(die|kill) for (it|that|this|the|a|an|another|one of)\b(?! (all|good|end))",
    r"wanted to (die|be dead) (right|on the spot|in that|in there|every time|a thousand|inside)",
    r"(when|as|after|because|since|while) <others><one> <did>\b<rest>\bwanted to (die|disappear|vanish)",
    r"wanted to (die|disappear|vanish)<two> (when|as|while|because|every time) <others><one> <did>",
    r"(embarrass\w*|awkward\w*|cringe\w*|blush\w*|mortif\w*|laugh\w*|giggl\w*)\b<rest>\bwant(ed)? to (die"
    r"|disappear|vanish)",
    r"(rather|sooner) (die|be dead|shoot myself|kill myself) than (?!go on|go through|live(?! (through|in"
    r"|on|near))|wake|be alive|be a burden|alive|feel|face|keep (going<end>|living))",
    r"(career|political|professional|financial|commercial|social|brand) suicide",
    r"(it|that|this|which) (is|was|would be|would have been|felt like|is like) (a )?(\w+ )?suicide",
    r"suicide (mission|squad|prevention|hotline|helpline|line|rates?|statistics|research|awareness|watch"
    r"|survivors?|bereavement|attempts? among|cases?)",
    r"self harm (prevention|ward|unit|team|policy|policies|research|charity|among|in|of|cases?|is|was)",
    r"suicidal(ly)? (with|of|from)? ?(boredom|bored|patients?|clients?|callers?|pupils?|teenagers?|people"
    r"|ideation)",
    # To oneself, and no harm meant.
    r"kill(ing|ed)? myself (laughing|preparing|working|rehearsing|studying|revising|running|trying to"
    r"|getting|coming|falling|driving|cycling|to (get|prepare|finish|make|meet|be|learn|catch|reach"
    r"|impress|please|deliver|keep up)|for (it|that|this|the|them|a|an|any|some|not|\w+ing))",
    r"(killing|killed) myself (over|with|on) (the|that|this|those|my|preparation|work)",
    r"(could|should) have (killed|shot|hanged|drowned|stabbed) myself",
    r"(shoot|shooting) myself (in the (foot|knee|leg)|down|a|an)",
    r"(burn|burning) myself out",
    r"if (i (have to|must|ever|hear|see|get)|they|he|she|somebody)\b<rest>\b(again|once more|another|one"
    r" more)\b<rest>\b(kill|shoot|hang|drown|stab) myself",
    r"(cut|cutting) myself (some slack|a (break|slice|deal|piece)|short|off|out|loose|shaving|chopping"
    r"|cooking|while \w+ing|on (a|the|some|my) (?!arms?|legs?|wrists?)\w+)",
    r"(hang|hanging|hung) myself (out|up)",
    r"(hurt|burned|burnt|injured)<one> myself<two> (at|playing|running|skiing|lifting|in the (gym|garden"
    r"|kitchen)|falling|climbing|cycling|by (accident|not)|badly enough|on (the|a)|with (coffee|hot)|out)",
    r"(drown|drowning|bury|burying|poison) myself in",
    r"end it all (well|nicely|with|on|by|in|there|here)",
    r"(end|ending|ended) (my|the) life (as|in|of)",
    r"(take|taking|took|taken) my (own )?life (in|into|to|back|forward|elsewhere|seriously|story"
    r"|experience|off)",
    r"(live|living|be alive|exist) (in (?!this (world|body|life)|a world|pain|fear|hell)|near|by|off|far"
    r"|abroad|there|out of|at (?!all)|up to|together|away|alone|apart|on (?!like|any|in|and|with|this"
    r"|earth)|without (?!him|her|them)|with (?!this|that|myself|it|the (pain|guilt|shame)|what))",
    r"(wake|waking) up (at|early|before|with a|next to|tired|late)",
    r"will to live (when|while|in|during|after|by|halfway|at|somewhere)",
    r"(hair|phone|laptop|battery|screen|mic|microphone|connection|line|zoom|camera|plant|dog|cat) \w+ dead",
    # To go on, to stop, the point of it.
    r"(the|that|this|an?|its|his|her|their) ((?!life)\w+ )?(was|is|will be|would be) (all )?over",
    r"go on and on",
    r"go on (with (the|this|that|my|an?) (?!life)|about|to|holiday|leave|strike|a|stage|the)",
    r"(point|sense|use) (of|in|to) (?!living|existing|being|going on<end>|carrying on<end>)(asking|a|an"
    r"|the|that|this|these|those|my|your|his|her|their|arguing|going on to|wearing|sending|trying to"
    r"|talking|explaining|unpaid|\w+ing (a|an|the|that|this|there|to|with|about|for|on|at|in|more)"
    r"|\w+ers?)\b(?! life)",
    r"(way out|future|hope|light|meaning|reason|point|sense) (of|in|with|at|there|for (me|myself) (in|at"
    r"|with|there)|to (the|that|this|stay (?!alive)|apply|go (there|back)))\b(?! (anything|everything|it"
    r" all|life|my life|living|sight|going on(?= [|,]|$)|me|being|existing|continuing|carrying on(?= [|,]"
    r"|$)|the (world|tunnel|end)|all|this(?= [|,]|$)|this (life|world|hell|pain)|here(?= [|,]|$)|getting"
    r" up|waking up|trying(?= [|,]|$)|trying any|another day|tomorrow))",
)
"""How people talk of interviews, and of work: left out before anything is looked for."""

PAST = (
    r"used to",
    r"(years?|months?|weeks?|long|a while) ago",
    r"before (i|recovery|therapy|that|then)",
    r"back then",
    r"in (the|my) past",
    r"(in|at) (school|college|university|my (teens|twenties|youth))",
    r"as an? (teenager|student|child|kid|boy|girl|teen)",
    r"when i was (a|an|at|in|about|\d+|[a-z]*teen|twenty|ten|twelve|younger|little|young)",
)
"""It was so once: then it is asked whether it still is."""

NOW = (
    r"now i (want|think|do not|feel like)",
    r"again",
    r"still",
    r"today",
    r"tonight",
    r"these days",
    r"lately",
    r"every (day|night)",
)
"""It is so today as well."""

NO = (
    r"^([|,] )*(oh |well |um |uh |god |lord |gosh |goodness |heavens |good |my |ah |haha |ha |of course "
    r"|absolutely |definitely |certainly |honestly |really |actually |so |hm |, |\| )*(no|nope|nah|nein"
    r"|neither|never(?= [|,]|$)|not at all|of course not|absolutely not|definitely not|certainly not|no"
    r" way|by no means)",
    r"(not like that|nothing like that|not what i (meant|mean|said)|not mean (it|that)|figure of speech"
    r"|way of (speaking|talking)|an expression|a saying|joking|kidding|exaggerating|i meant the|i mean"
    r" the|i would never|i am not(?= [|,]|$)|i was not(?= [|,]|$)|i am not (thinking|planning|going to|at"
    r" all))",
    r"\bi am (\w+ )?(fine|okay|ok|all right|alright|safe|good)",
)
"""A clear no to the one question."""

HALF_NO = (
    r"(yes|yeah|yep|yup|yea|aye|ja)",
    r"\bnot (really|right now|now|today|tonight|yet|any more|at the moment|exactly|seriously|actively"
    r"|quite|entirely|always|often|every|much|so much|sure|too|immediately|this)",
    r"(maybe|perhaps|sometimes|possibly|probably|kind of|sort of|i guess|i suppose|a bit|a little|used"
    r" to|in a way|surer|it depends|now and then|once in a while|from time to time|at times|no idea|i"
    r" hope so|who cares|does it matter|so what|why not)",
    r"\bnot (think so|know|tell|say|answer|talk about|want to (talk|say|answer|tell))",
    r"\bnone of your",
    r"(?<!not )\b(think|thinking|thought|thoughts|dream|wonder) (about|of) (it|that|this|them)",
    r"\bcrossed? my mind",
    r"\bcrosses my mind",
    r"\bwould not (do it|dare|have the courage)",
    r"\bcould not (do it|go through with it)",
    r"\btoo (scared|much of a coward|afraid)",
    r"(scared|afraid|hurts|burden|pain|alone)",
)
"""What takes a no back, or is none."""
