"""General English and general clinical words by what they do in a question, and how the names of conditions and of interventions end.

For any field of medicine: no list here was written for one article.
"""

from __future__ import annotations

import re

from pincite.ingest.lexical import STOPWORDS

GRAMMAR = STOPWORDS | frozenset(
    """versus vs than per via within without through between among before after during against under over until since because whether
    also too again still just only then now ok okay please some many much more most less few fewer every each all yes up out off
    down either neither ever even really actually exactly else instead maybe perhaps further whom returning regarding regard
    going same similarly different other another new thanks thank hello hi well sure anything something everything nothing i'm
    it's what's how's that's isn't doesn't don't didn't aren't can't won't about first second third last earlier previous later""".split()
)
PREDICATES = frozenset(
    """help helps helped work works worked working treat treats treated treating relieve relieves relieved reduce reduces reduced
    improve improves improved lower lowers raise raises raised increase increases increased decrease decreases decreased prevent
    prevents prevented cause causes caused cure cures cured ease eases eased stop stops stopped worsen worsens affect affects
    affected use uses used using take takes took taken give gives gave given giving get gets got receive receives received
    report reports reported say says said show shows showed shown find finds found last lasts lasted lasting happen happens
    happened need needs needed recommend recommended compare compares compared conclude concludes concluded suggest suggests
    suggested confirm confirms confirmed study tell know mean means make makes start starts started begin begins kick kicks wear
    wears come comes go goes try tried offer offered prescribe prescribed measure measured see seen look explain describe list
    exist occur experience experienced feel manage managed persist persists continue continues hold stay disappear fade want
    think believe expect followed administered infused injected matter apply applies respond responds responded fare fared act
    acts acting resolve resolved free differ differs drop rise benefit benefits enter""".split()
)
ASPECTS = frozenset(
    """dose doses dosage dosages dosing amount quantity side effect effects adverse event events reaction reactions safety safe safely
    unsafe dangerous danger harm harms harmful risk risks risky toxicity toxic tolerated tolerability contraindication
    contraindications interaction interactions duration long longer short onset fast quick quickly soon frequency often
    frequently schedule regimen mechanism mechanisms evidence study studies trial trials research data review article author
    authors result results finding findings efficacy effective effectiveness effectively useful worth worthwhile beneficial
    outcome outcomes cost costs price approval approved indication indications licence licensed conclusion conclusions bottom
    line size big large larger small number numbers percentage percent proportion share rate patient patients people person
    participants participant subjects time times timing hour hours day days week weeks month months year years minute minutes
    follow-up strength strong weak certain certainty proven controversial controversy good bad better best worse point role
    place sources source kind type sort reason downside downsides drawback drawbacks complication complications problem problems
    warning warnings quality limitation limitations common serious severe possible true drug drugs treatment treatments medicine
    medication therapy route known unclear bigger sample observed observation observations clinical pilot retrospective
    prospective randomised randomized meta-analysis meaningful clinically significant significantly told called kept thought
    part hinted hint wonder link experts agree agreed disagree someone changed general half four five six seven eight nine ten
    newer older recent recently journal published publish told appear appears shown researchers investigators scientists doctors
    right wrong newest latest percentage fraction majority design question topic condition conditions case cases one ones thing
    things answer mg kg gram grams ml mcg total daily twice once maximum minimum average mean chance chances difference
    differences tests test detail details subgroup subgroups maintenance loading""".split()
)
OUTCOMES = frozenset(
    """pain relief symptom symptoms function functioning disability impairment life mortality death deaths survival sleep mood
    consumption intake score scores level levels recovery recurrence relapse fatigue nausea vomiting hospitalisation
    hospitalization admission admissions readmission adherence satisfaction wellbeing complaints intensity severity reduction""".split()
)
CONSUMED = frozenset("use consumption intake need needs requirement requirements".split())
NARROWED = frozenset("pain symptoms nausea vomiting fatigue".split())
"""Outcomes that a word before them makes a condition of its own: "chest pain"."""
FORMS = frozenset(
    """infusion infusions tablet tablets pill pills capsule capsules drip drips injection injections supplement supplements cream
    creams gel gels ointment lozenge lozenges patch patches spray sprays vaccine vaccines syrup""".split()
)
CONDITION = re.compile(
    r"""(?:itis|algia|algias|osis|oses|a?emia|a?emic|pathy|pathies|pathic|oma|omas|aches?|plegia|rrhea|rrhoea|penia|uria|trauma|lepsy
    |spasms?|sclerosis|phrenia|orexia|trophy|rrhage|rrhagia|stasis|ectomy|otomy|plasty|cancers?|tumou?rs?|disorders?|diseases?|syndromes?
    |infections?|injur(?:y|ies)|fractures?|failure|deficienc(?:y|ies)|surger(?:y|ies)|surgical|operations?|postoperative|depression
    |anxiety|diabetes|stroke|asthma|attacks?|arrest|fever|fevers|colds?|flu|influenza|wounds?|ulcers?|allerg(?:y|ies)|migraines?|obesity
    |epilepsy|dementia|eclampsia|preeclampsia|constipation|arrhythmias?|fibrillation|labou?r|eczema|acne|psoriasis|gout|cramps?|burns?
    |shock|sepsis|pneumonia|measles|malaria|insomnia|hypertension|hypotension|seizures?|autism|ptsd|schizophrenia|vertigo|tinnitus
    |sciatica|covid|hiv|aids|copd|reflux|palsy|hernia|stones?|menopause|dermatitis|rash|scabies|angina|infarction|embolism|thrombosis
    |withdrawal|addiction|alcoholism|neuropathic|tendon\w*|sprains?|strains?|rupture|prematurity|preterm)""",
    re.VERBOSE,
)
INTERVENTION = re.compile(
    r"""\w*(?:mab|nib|pril|sartan|statins?|cillin|mycin|azole|zepam|zolam|profen|caine|triptans?|gabalin|pentin|dipine|floxacin|vir|sone
    |solone|olol|tidine|prazole|gliptin|gliflozin|glutide|xaban|grel|parin|oxetine|ipramine|triptyline|codone|morphone|setron|lukast
    |terol|tropium|fenac|coxibs?|barbital|azepine|tadine|idone|apine|etamine|ethorphan)
    |\w{3,}ium|\w+therapy|training|stimulation|rehabilitation|counselling|counseling|transplantation|zinc|iron|insulin|aspirin|paracetamol|acetaminophen|opioids?|opiates?|morphine|fentanyl|steroids?|antibiotics?|vitamins?
    |vaccin\w+|acupuncture|exercise|yoga|massage|physiotherapy|psychotherapy|cbt|diet|fasting|supplementation|chemotherapy|radiotherapy
    |cannabis|cannabidiol|melatonin|probiotics?|caffeine|colchicine|metformin|warfarin|lithium|nsaids?|ssris?|antidepressants?
    |antihistamines?|beta-blockers?|honey|creatine|omega-3|botox|placebo""",
    re.VERBOSE,
)
SALT = re.compile(r"\w+(?:ate|ide|acid|ite)|salts?|oil|extract|sulfur")
LETTER = re.compile(r"[A-Ka-k]\d{0,2}")
NAMED = re.compile(r"\b(?:quality of life|length of stay|activities of daily living)\b", re.IGNORECASE)
SIDES = re.compile(
    r"\b(?:low|lower|upper)\b(?=\s+(?:back|limb|leg|arm|body|extremit|urinary|respiratory|abdom|gastro|airway|neck))", re.IGNORECASE
)
VERBS = frozenset("does do did is are was were can could will would should has have had may might been be".split())
NAMING = frozenset("patient patients people person case cases group condition one ones treatment therapy topic question".split())
BREAKS = frozenset("grammar predicate aspect group route".split())
PLACES = frozenset("for in after during against with of from on to at about among following before without".split())
BEFORE_CONDITION = frozenset("for in after during against among following before".split())
