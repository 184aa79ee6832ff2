"""What somebody says who wants to harm themselves: for sure, and perhaps.

Written in the words and concepts of `danger_words`, and compared with the same plain speech.
"""

from __future__ import annotations

SURE = (
    # By one's own hand.
    r"(?<!could )(?<!nearly )(?<!almost )\b(kill|killing) myself",
    r"<me> <mean>\b( (to|of|about|be|been|i|would|might|could|that|will|how|it|up|start|starting|keep"
    r"|ways|a way))* <kill> myself",
    r"<me> (want|wanted|wanting|need|urges?|feel like|felt like|going|plan|planning|planned|thinking"
    r"|thoughts|think|thought about|thought of|keep|kept|started|start|been|have|tempted|ways|how)( (to"
    r"|of|about|be|been|how|ways|a way|start|starting))* <harm> myself",
    r"(thoughts|urges?|ways|plan|pills|how) (of|to) (<kill>|<harm>) myself",
    r"i( (have|am|was|do|did|started|start|keep|kept|been|used|want|wanted|going|to|thinking|about|of"
    r"|need|feel|like|began))* self harm(ed|ing)?",
    r"i (cut|burned|burnt|hurt|harmed) (myself|my (arms?|wrists?|legs?))<few> (again|on purpose|last"
    r" night|at night|tonight|deliberately)",
    r"<me> cutting (myself|again)",
    r"(slit|slitting|slash|slashing) my (wrists?|arms|throat|veins)",
    r"(cut|cutting) my (wrists?|arms|veins)",
    r"(?<!the )(end|ending|take|taking|put an end to|make an end to|make an end of) my (own )?life",
    r"i<own> (want|wish)<few> my life (to end|to be over|over|ended|was over|would end)",
    r"(?<!the )(end|ending) it all",
    # Suicide, of oneself.
    r"i (am|feel|have been|have felt|get|am getting|am feeling|have become|keep feeling|keep getting)"
    r" (\w+ )?suicidal",
    r"(i<own> (have|having|get|getting)|my)<one> suicidal (thoughts|feelings|ideas)",
    r"<me> (think|thinks|thinking|thought|thoughts|dream|dreaming) (about|of) (committing )?suicide",
    r"<me> (commit|committing|contemplate|contemplating|considering|planning|plan) suicide",
    r"i<own> (consider|considered|contemplated) suicide",
    r"suicide<few> (on|in) my (mind|head)",
    r"i<few> (write|writing|wrote|written) (a|my|the) suicide (note|letter)",
    # Not to live.
    r"(\b(i|me|rather|only|sometimes)<own>|[|,]) (want|wanting|wish|need|ready|longing|urge|desire|rather"
    r"|hope|deserve|would like|would love|supposed|prefer) (to |i could |that i could |i would |i do"
    r" )?<die>",
    r"i (wish|wished) (that )?i (was|were|am|would be|could be) dead",
    r"i (should|might as well|may as well|would rather|deserve to|ought to|had better) (be dead|die)<end>",
    r"i would rather be dead than (go on|live|wake|face|go through)",
    r"want is to <die>",
    r"(i|me)<few> better off dead",
    r"i<few> not<few> (want|wish|know if i want|know whether i want|think i want|feel like i want) to"
    r" (live|be alive|exist|stay alive|go on living|keep living|wake up)<on>",
    r"[|,] do not want to (live|be alive|exist|stay alive|go on living|wake up)<on>",
    r"i no (more|longer) want to (live|be alive|exist|wake up)<on>",
    r"no (wish|desire|reason|point)\b( for me| left| more)* (to|in|of) (live|living|be alive|being alive"
    r"|stay alive|going on living|keep living)<on>",
    r"(my life|([|,]|\b(that|think|feel like|and|because)) (life|living)) is not worth (it|living"
    r"|anything)",
    r"not worth living",
    # By which means.
    r"i<own> <will> (jump|throw myself|step|leap) (off|from|out of) (a|the|that|some|my) <height>",
    r"i<own> <will> (jump|throw myself) (in front of|under|before|onto)( a| the| an)?<one> <rails>",
    r"i<own> <will> (walk|run|step) (in front of( a| the| an)?<one> <rails>|into (the )?traffic)",
    r"i<own> <will> (lie|lie down) on the (tracks?|rails)",
    r"i<own> <will> (take|swallow|eat|down)<one> (all|too many|a bottle|a whole|a handful|the whole"
    r"|every)<few> (pills?|tablets?|paracetamol)",
    r"i<own> <will> (take an overdose|overdose)",
    r"i<own> <will> (drive|crash|steer)<few> (into|off|against) (a|the)<one> (wall|tree|bridge|truck"
    r"|lorry|cliff|river)",
)
"""An unmistakable statement about oneself."""

UNSURE = (
    # A denial with a "but".
    r"denied\b<rest> but<some> (think|thinking|sometimes|wonder|wish|tired|not|dream|do|thought|thoughts"
    r"|if)",
    # What would be sure, but lies in the past, in a wish or in a picture.
    r"(kill|killing|killed|kills) myself",
    r"(hang|hanging|drown|drowning|shoot|shooting|stab|stabbing|strangle|suffocate) myself",
    r"(?<!with )(?<!have )(?<!about )suicidal (thoughts|feelings|ideas)",
    r"(tie|tying|tied|make|making|made) a noose",
    r"(drink|drank|drinking|swallow|swallowed) (bleach|poison|antifreeze)",
    r"(carve|carving|cut into|cutting into) my (skin|arms?|legs?|thighs?)",
    r"(tried|wanted|attempted|meant|almost|nearly)<few> <kill> myself",
    r"(keep|kept|stop|start|started|of|like|been|again|to|could|urge) (<kill>|<harm>) myself",
    r"i (cut|burn|hurt|harm|injure|starve|punish) myself (when|whenever|if|every|each|because i|badly"
    r"|again|at night)",
    r"i<own> (cut|cutting|burn|burning|hurting|harming|harmed|starving|punishing|punish) myself",
    r"unaliv(e|ing) (myself|me)",
    r"bullet (in|through|into) my (head|brain)",
    r"(afraid|scared|frightened|terrified) of suicide",
    r"i (will|would) (soon |then )?be at peace",
    r"(want|crave|hope for|long for|longing for|pray for|praying for|wait for|waiting for) death<end>",
    r"pray(ing)?( (to|that|i|will|would))* die",
    r"somebody<two> kill me<end>",
    r"(took|taken|ended|finish) my (own )?life",
    r"(my|this) life (to end|to be over|to stop|is over|is finished|is done)",
    r"(\b(i|me|feel|feeling|felt|am)<own>|[|,]) suicidal",
    r"i<own> (tried|attempted|attempt|survived|planned|wanted|about to|close to)<two> suicide",
    r"my suicide( attempt| plan| note)?",
    r"(my|thoughts of|urges? to|feel like|felt like|want to) self harm(ing)?",
    r"<me> (started|back to|been) cutting<end>",
    r"(might|could|afraid|scared|would|will|may|tried|try)( (i|to|of|might|could|would))* <harm> myself",
    r"i<own> (want|wanted|like|wish|feel like|felt like|dream of|try|tried|better|easier) (to )?(be "
    r"|being )?(die|dying|dead)\b<end>",
    r"(i|me|my)<own> (think|thinking|thought|thoughts|dream|dreaming|obsessed|fantasise|fantasising"
    r"|wonder|daydream)<few> (about|of|with) (\w+ ){0,2}(dying|death|being dead|not being alive|not being"
    r" here|ending|my own death|my funeral|not waking up|not existing)",
    r"it ends tonight",
    r"(going to|want to|will|am) (end|ending) everything<end>",
    r"(going to|want to|will) end it (on (\w+day|my birthday)|with (a |the |my |some )?(<weapon>|<pills>"
    r"|<rails>|gunshot|knife|handgun|belt))",
    r"(end|ending) (it|things|everything) (tonight|today|for good|for ever|once and for all)",
    r"(like|about|of) ending (it|things|everything|this)<end>",
    r"if i (was|were|am|would be|had been|<would> be) (to be )?(<gone>|to die)",
    r"i wish i (was|were) (<gone>|nowhere|somebody who is dead)",
    r"not being (here|alive|around)",
    r"(i<own>|about|of|like) not be(ing)? (alive|here any more|around any more)",
    r"never (wake up|have been born|be born|been born|to wake up)",
    r"not (been born|have been born)",
    r"never born",
    r"never<two> been born",
    r"(wish|hope|pray|wonder|want|fine|okay|if) <rest>\b(not|never) (wake|woken|waking|woke) up",
    r"wish i (had )?not woken up",
    r"not (mind|care|matter|be sad) (\w+ ){0,3}(if|whether|when) i (live|die|died|was dead|were dead|am"
    r" dead|am alive|lived)",
    r"(be easier|easier|simpler|better|nicer|peaceful) (for everybody |for them |for my \w+ )?(not to|to"
    r" not|if i did not) (be|exist|live|wake)",
    r"(be easier|easier|simpler|better|nicer) to be (dead|gone)",
    r"(i|me|people|we all|they)<few> (not|never) (to )?exist(ing|ed)?\b<end>",
    r"deserve to (live|be alive|exist|die|be dead)",
    r"why\b<rest>\bi am (still )?alive",
    r"why (do i|i) (still )?(live|exist)",
    r"<like_me><few> (not|never|better|alive|dead|live|die|no)",
    r"i (was|used to be) is dead",
    r"better off dead",
    r"[|,] (wish|want) to (die|be dead)",
    r"(ways?|methods?|how)<one> to die<end>",
    r"(how (many|much|high|long|do i)|which|what is the \w+)\b<rest>\b(?<!want )(?<!wants )to die<end>",
    r"(how much|how many|which)<some> (kill me|to kill myself)",
    r"hate (being alive|living<end>|living on|my life<end>|my existence)",
    r"done living",
    # Weary of life.
    r"(tired|sick|weary|done|finished|fed up|exhausted|bored|through|enough) (of|with|from) (being alive"
    r"|living|life|this life|my life|existing|existence|this world|everything and everybody|being me|it"
    r" all(?= \||$| and| but))(?! (as|in|at)\b)",
    r"giv(e|en|ing) up on (life|living|everything|myself)",
    r"will to live",
    r"(nothing|not much|nobody) (left |more )*to (live|stay alive|keep going|go on) for",
    r"i<two> can not (go on|carry on|keep on|keep going|hold on)( any more| living| with life| much"
    r" longer)*<end>",
    r"i<two> not (want to|see how to|see how i can|know how to|know how i can|know if i can|know whether"
    r" i can|think i can|believe i can|see how i could) (go on|carry on|keep on|keep going)( any more|"
    r" living| with life| much longer)*<end>",
    r"i can not see how to (go on|carry on|keep on|keep going)( any more)?<end>",
    r"can not (take|bear|stand|do|cope with|handle|stomach|live with|live like|face|endure|keep doing|go"
    r" through) (it|this|this life|life|being me|myself|another day|living|like this|that|the pain|this"
    r" pain)( any more)+<end>",
    r"can not (cope|live|keep living|keep going|go on|continue|hold on|face (it|life|another day|tomorrow"
    r"|the day))( like this| any more| like that| with myself| with this| much longer)+",
    r"can not live (with (myself|what i|the)|like this|any more)",
    r"(not|no)<two> (strength|energy|will|reason) (left )?to (live|go on|carry on|keep going|get up|wake"
    r" up)",
    r"no (more )?(strength|energy|will|reason|point)( left| more)? (to|in|for) (live|living|go on|going"
    r" on|carry on|carrying on|keep going|get up|getting up|wake up|waking up|another day)",
    r"(no|any|what is the) (reason|point|sense|use)( left| for me)* (to|in|of|for) (get|getting|wake"
    r"|waking) up",
    r"why<two> bother<two> (get|getting|wake|waking) up",
    # Nothing left, no way on.
    r"(point|sense|meaning|use)( is there)? (of|in|to) (anything|everything|it all|life|my life|living"
    r"|going on|carrying on|continuing|being here|being alive|trying any more|existing)( any more| at"
    r" all)*<end>",
    r"point (of|in) me<end>",
    r"(there is|is there|i have|i see|i feel|i do not have|i do not see|i can not see|i can not find"
    r"|without)<one> ?\b(no|any) (point|sense|hope|future|way out|way forward|way on|light|meaning"
    r"|purpose)( left| at all| any more| for me| for myself| in my life| in life| in anything| in sight|"
    r" to my life)*<end>",
    r"(not|never) see (a|any|the|no) (point|hope|future|way out|way forward|way on|light|other way"
    r"|tomorrow|sense)( left| at all| any more| for me| for myself| in anything| in sight)*<end>",
    r"no way out( left| at all| any more| for me| in my life| of this| of here| of it| of all"
    r" this)*<end>(?<!was no way out)",
    r"no (way out|hope|future)( left)? for (me|myself)<end>",
    r"(it|things|life|everything) (will|is going to)<one> (never|not ever) (get|be) (any )?(better|good"
    r" again|all right|okay)( again)?<end>",
    r"nothing (will|is going to|can)( ever)? (get better|help me|change for me)<end>",
    r"not care about (anything|life|living|myself)( any more)?<end>",
    r"stopped caring (about (anything|life|myself)|what happens to me|if i|whether i)",
    r"nothing (\w+ )?(brings|gives|makes) me (any )?(joy|happy|pleasure)",
    r"what is the point<end>",
    r"it is all too much<end>",
    r"nothing i can do to change anything<end>",
    r"the pain (will|is going to) (never|not) (stop|end|go away)",
    r"there is no point (of|in) trying<end>",
    r"i feel trapped<end>",
    r"i am (tired of|sick of|done with|fed up with) (everything|the world)<end>",
    r"(screwed|messed) up (everything in )?my (whole )?life<end>",
    r"can not take (all|any of) (this|of this|it)<end>",
    r"end (my|this) (suffering|pain|misery)",
    r"(only|one) (one )?way (out|left)\b<end>",
    r"one last way",
    r"nothing (matters|makes sense|has a point|has any point|is worth (it|anything))( to me)?( any"
    r" more)?<end>",
    r"(nothing|no place|no room|no hope)( is| there is)? left for me( here| any more| in this (world"
    r"|life))?<end>",
    r"my life (is|feels|has become|has|makes)<one> (over|pointless|worthless|meaningless|empty|useless|no"
    r" meaning|no point|no sense|no purpose|nothing(?! but)|ruined|finished|hopeless|a waste"
    r"|unbearable)(?! as\b)",
    r"life (is|feels|has)<one> (pointless|worthless|meaningless|no meaning|no point|no sense|unbearable"
    r"|hopeless|not for me|too hard|too much)",
    r"(hopeless|worthless|pointless)\b( about| in)? (everything|it all|all of it|my life|life|every way)",
    r"(everything|it all|all of it) (is|feels|seems) (hopeless|pointless|meaningless|worthless)",
    r"waste of (space|air|life|oxygen)",
    r"i<own> tak(e|ing) up space<end>",
    r"no(thing)? (matters|matter) what (happens to|becomes of) me",
    r"not (matter|care) what (happens to|becomes of) me",
    # To be away, for it all to stop.
    r"i<own> not want to (be|stay|live|exist) (here|around|on this \w+|in this world|anywhere)<two>( any"
    r" more| anywhere| at all| tomorrow| in this world| on this earth)+",
    r"i<own> not want to (be|stay|live) (here )?(in this world|on this (earth|planet)|around)<end>",
    r"can not (live|be|stay) (on|in) this (earth|planet|world|life)",
    r"i do not want to (be|stay) (here|around|in this world)( any more)?<end>",
    r"i (want|wish|need|long|would like|would love|would rather)<two> (to |i could |not )?(disappear"
    r"|vanish|not be (here|anywhere|around)|be gone|be no more|be nothing|dissolve|fade away|stop"
    r" being)<few>?<end>",
    r"(i<own>|time to|[|,] to) (disappear|vanish|be gone|sleep|asleep) (for ever|for good|and (not|never)"
    r" (come|wake))",
    r"i (want|wish|need|long for)<one> (it all|everything|all of it|all this|the pain|it(?! (to|was"
    r"|would) (be over|over|end|go))) (to|would|was) (stop|end|be over|go away|all over|be all over|all"
    r" be over|over)( now| for ever| for good)?<end>",
    r"i (want|need|would like) out( of (this|my|here|life|this life|this world|all this))*<end>",
    r"i (want|need) to (stop feeling|feel nothing|not feel|give up on (life|everything))",
    r"i want to give up<end>",
    r"wish (it|everything) (was|were|would be) all over<end>",
    r"(will|would) (soon |all )*be (all )?over for me",
    r"everything would be over",
    r"(be with|see|join|follow|go to) my (\w+ )?(mum|mom|mother|dad|father|brother|sister|husband|wife"
    r"|son|daughter|gran|grandma|grandpa|grandfather|grandmother|friend|baby|partner)\b<rest>\b(up there"
    r"|in heaven|died|dead|passed|grave)",
    # A burden; better without me.
    r"<people><some> (better|happier|easier|best|better off|relieved|fine)<some> (without me(?! (as|in"
    r" (the|that|this) <work>|talking|getting|being))|(if|when) i (was|were|am|had) (not (here|around"
    r"|alive|born)|gone|dead|never been|no more)|when i am gone|once i am gone|if i died|if i"
    r" disappear\w*|with me gone)",
    r"i (am|feel like|have become|have been|was|always am)<some> burden\b( (to|for|on) (everybody|them"
    r" all|my (?!team|colleagues|manager|boss)\w+|anybody|the world|you|others|people|the family))",
    r"i am (\w+ ){0,3}a burden<end>",
    r"nobody (would |will |is going to |is |will even |would even |even |really )*(miss|notice|care|cares"
    r"|needs|need|mourn|cry|come to my funeral)( about)?<two> ?(me\b(?! (in|at|there))|if i (\w+"
    r" ){0,2}(gone|dead|die|died|disappeared|vanished|not here|not around)|when i (\w+ )?(gone|dead"
    r"|die))(<end>| if| when)?",
    r"worth nothing to (anybody|me|myself)",
    r"good for nothing and nobody",
    # Goodbye.
    r"(not|never) have to (worry about|look after|care for|put up with|deal with) me",
    r"i<own> (not|never) (be (around|with you)|bother \w+|trouble \w+)( for)?( very)? (much longer|any"
    r" more|for long)(?! (because|since|as|my) )<end>",
    r"i<own> not be (here|around) (any more|much longer|to see|for christmas)(?! (because|since|as|my)"
    r" )<end>",
    r"i<own> not be(?! (here|there|in this|on this|at))<some> much longer",
    r"i<own> not be (around|here) to",
    r"(when|once|after) i am (gone|dead)",
    r"if i (died|die|was dead|were dead|am dead)",
    r"not afraid (to die|of dying|of death)",
    r"i<own> be dead (soon|tomorrow|by \w+|tonight)",
    r"(goodbye|farewell) (letters?|notes?)( to (?!my colleagues|the (team|company))| for|<end>)",
    r"(written|wrote|writing|write) (my |the |some )?(\w+ )?(goodbye |farewell )?letters?\b<rest> (for"
    r" after\w*|for when i am gone|goodbye)",
    r"i (have |have been |am )?(written|writing|wrote) my (goodbye|farewell|last) (letters?|notes?)",
    r"said (my )?goodbyes?( already)? to (my (?!colleagues|team|boss|manager)\w+|everybody|them all|the"
    r" world)",
    r"(goodbye|farewell)\b<rest> (and )?(thank you|thanks) for everything",
    r"thank(s| you) for everything\b<rest>\bgoodbye",
    r"last time<few> (talk|speak|see|hear)<two> anybody",
    r"never (see|hear|hear from) me again",
    r"(putting|put|getting|got|set)( all)? my affairs in order",
    r"(give|gave|giving|given)( all| away| away all)* my <belongings>",
    r"not need (it|them|any of it) (where i am going|when i am gone|soon)",
    r"ready to (go|leave)\b<rest>\bmade my peace",
    r"made my peace with (it all|god|this world|dying|death)",
    # Means.
    r"i<own> <would> (jump|jumping|throw myself|throwing myself|step|stepping|leap) (off|from) (a|the"
    r"|that|some|my) <height>",
    r"i<own> <would> (jump|jumping|throw|throwing|walk|walking|step|stepping|run|running)( myself)? (in"
    r" front of|under|onto) (a|the|an)<one> ?<rails>",
    r"i<own> (look|looked|looking|stood|standing|stand|walk|walked|go|sit|sat)<few> (bridge|roof|rooftop"
    r"|cliff|ledge|balcony|viaduct|tower)\b<rest>\b(looked down|looking down|think about it|thought about"
    r" it|jump|let go|for a long time)",
    r"(?<!like )(jump|jumping) off (a|the|my) (bridge|roof|building|balcony|cliff)",
    r"(?<!like )(jump|jumping) (in front of|under) (a|the) <rails>",
    r"i<own> check(ing)? out (early|for good)<end>",
    r"(platform|tracks|rails|railway|station)\b<rest>\b((step|stepping) (off|in front|onto)|jump(ing)?("
    r" off| in front| onto|<end>)|throw(ing)? myself|fall(ing)? (in|onto|under|off))",
    r"i<own> (looking at|look at|staring at|stare at|saving|saved|save|collecting|collected|hoarding"
    r"|hoarded|counting|counted|hiding|stocking)<some> (<pills>|<weapon>)",
    r"i<own>(?<! not) (keep|kept|bought|have|got|own) (a|my|the) <weapon>",
    r"(take|took|taking|taken|swallow|swallowed|swallowing)<some> (bunch|bottle|handful|box|pack|packet"
    r"|dozen|whole|entire|all|every|\d+)<few> <pills>\b(?! (for|against|that|which)\b)",
    r"(swallow|swallowed|drank) (the|a) (whole|entire) (bottle|pack|packet)",
    r"i<some> (all the|every) <pills>\b(?! (for|against|that|which)\b)",
    r"(how many|too many|all (of )?my|a bottle of|handful of)<one> <pills>\b(?! (for|against)\b)",
    r"(<pills>|<weapon>)\b<rest>\b(take|swallow) (all of them|them all|it all|the lot)",
    r"(<pills>|<weapon>)\b<rest>\bi<some> (using it|use it|looking at (it|them)|thinking about (it"
    r"|them)|think of (it|them))",
    r"(\b(i|me|my|to)<own>|[|,]) overdos(e|ed|ing)\b(?! (of|on) (coffee|caffeine|sugar|information|slides"
    r"|adrenaline|work|jargon|buzzwords))",
    r"i<own> (drive|drove|driving|steer)<few> (into|off|against) (a|the)<one> (wall|tree|bridge|truck"
    r"|lorry|cliff|river|oncoming)",
    r"i (\w+ )?(wish|hope|pray|want|wonder|would not mind|not mind)<some> (a|an|some|that|the|somebody"
    r"|something)<two> (hit|hits|run over|ran over|runs over|crash into|crashes into|kill|kills|killed"
    r"|shoot|shoots|shot) me",
    r"(wish|hope|pray|mind|want) (that )?(i|to) (get|got|be|was|were|would get|would be) (hit|run over"
    r"|shot|killed|struck)",
    # Darkness, and what one might do.
    r"(dark|terrible|awful|bad|horrible|scary|black|intrusive) thoughts",
    r"thoughts (that|which) (scare|frighten)",
    r"(scared|afraid|frightened|terrified) of (what i (might|could|may|will) do(?! (in|with|next|at|if"
    r" they))|myself)",
    r"(not|never) (trust myself(?! (to (speak|answer|say|stay calm)))|feel safe(?! (in|with (them|him|her"
    r"|that|this)|at|there|enough)))",
    r"i (might|will|am going to|may) do something (stupid|bad|terrible)<end>",
    r"(do|doing) something to myself",
    r"(make|making) an end (of|to) (it|everything|myself)",
    r"put an end to (it|everything|this|myself)<end>",
    r"i am done\b [|,.] (with )?(everything|life|for ever|all of it)",
    r"can not do this any more\b [|,] <rest>(not the|everything|life)",
)
"""It may mean it: asked once, kindly."""
