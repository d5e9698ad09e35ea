"""The words that hosts, paths and robots rules of the corpus are made of."""

from __future__ import annotations

_WORDS = (
    "about account admin air album alpha archive art article asia audio author auto baby bank "
    "bar basket beach bike bird blog board boat book box brand bread bridge bright build cafe "
    "cake camera camp car card care cart cat chat check city class clip cloud club coast code "
    "coffee color comic content cook corner course craft cup daily dance data deal design desk "
    "digital dog door draft dream drive east easy edit event expert export eye face fair family "
    "farm fashion feed field film fire fish fit flower font food foot forest free fresh friend "
    "fun garden gear gift girl glass gold golf good green group guide hair hall hand happy "
    "health heart help hill history home horse hotel house idea image index info island item "
    "jazz job joy kitchen lab lake land learn leaf legal life light line list live local login "
    "lunch magic mail map market master media member menu metal mind mobile model money moon "
    "music nature new night north note ocean office online open order paper park party pet "
    "phone photo piano place plan plant play point post print private product profile public "
    "queen quick quiz radio rain report review river road robot rock room rose run sale school "
    "science sea search season service shop shoe sign site sky smart snow social soft song "
    "south space sport star stone store story street studio style sun swim table tag talk tea "
    "team tech temp test ticket time tour town toy trade travel tree trip user video view "
    "village voice wall watch water wave web week west white wild wind wine winter wish wood "
    "word work world write year yoga young zone"
)
WORDS = _WORDS.split()

SYLLABLES = tuple(first + second for first in "bdfghjklmnprstvz" for second in "aeio")

_SUBDOMAINS = (
    "blog shop img images static cdn media m en de jp assets news forum wiki docs dev api store app"
)
SUBDOMAINS = _SUBDOMAINS.split()

# From the most to the least frequent. Of those of two labels some are of the private section of the
# Public Suffix List, where each tenant is a site of its own.
_SUFFIXES = (
    "com org net de co.uk jp ru co.jp github.io blogspot.com fr it nl com.br pl info com.au io "
    "ca eu es se ch or.jp ne.jp cz be at in co dk us biz kr co.kr cn com.cn tw com.tw hu ro gr "
    "pt fi no mx com.mx com.ar cl za.com co.za nz co.nz tv me app dev xyz online site shop top "
    "club ac.jp ed.jp tokyo.jp kobe.jp vercel.app netlify.app pages.dev herokuapp.com web.app "
    "firebaseapp.com azurewebsites.net s3.amazonaws.com gitlab.io myshopify.com hatenablog.com"
)
SUFFIXES = _SUFFIXES.split()

KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん"
