"""A collection of attacks as articles on real pages: nothing runs, nothing is fetched, nothing leaves its box."""

from archive.search import index
from tests.factories import rendered

ATTACKS = r"""
<script>window.hacked = 1</script>
<img src=x onerror="window.hacked = 2">
<svg onload="window.hacked = 3"><script>window.hacked = 4</script></svg>
<svg><animate onbegin="window.hacked = 5" attributeName=x dur=1s></svg>
<math><mtext><table><mglyph><style><img src=x onerror="window.hacked = 6"></style></mglyph></table></mtext></math>
<iframe srcdoc="<script>parent.hacked = 7</script>"></iframe>
<iframe src="javascript:parent.hacked = 8"></iframe>
<object data="javascript:hacked=9"></object><embed src="javascript:hacked=10">
<details open ontoggle="window.hacked = 11">x</details>
<body onload="window.hacked = 12"><input autofocus onfocus="window.hacked = 13">
<video><source onerror="window.hacked = 14"></video><audio src=x onerror="window.hacked = 15"></audio>
<meta http-equiv=refresh content="0;url=javascript:hacked=16"><base href="https://elsewhere.example/">
<link rel=stylesheet href="https://elsewhere.example/x.css">
<style>@import "https://elsewhere.example/y.css"; body{display:none}</style>
<p style="position:fixed;inset:0;background:url(https://elsewhere.example/z.png)">over everything</p>
<form action="https://elsewhere.example/"><button>send</button></form>
<noscript><p title="</noscript><img src=x onerror=window.hacked=17>"></noscript>
<template><script>window.hacked = 18</script></template>
<a href="javascript:window.hacked=19" class=bait>a</a>
<a href="jav&#x09;ascript:window.hacked=20" class=bait>b</a>
<a href=" &#14; javascript:window.hacked=21" class=bait>c</a>
<a href="data:text/html,<script>opener.hacked=22</script>">d</a>
<div id="article-body"><a id="search" name="q">clobber</a>
<img name="body"><form id="main"><input name="attributes"></form></div>
</div></div></article></main></body></html><script>window.hacked = 23</script>
<!--><script>window.hacked = 24</script-->
<![CDATA[><script>window.hacked = 25</script>]]>

[e](javascript:window.hacked=26) [f](JaVaScRiPt:window.hacked=27) [g](vbscript:x) [h]( javascript:window.hacked=28 )
[i](java%0ascript:window.hacked=29) <javascript:window.hacked=30> ![j](javascript:window.hacked=31)
![k](x" onerror="window.hacked=32) [l](x "title" onclick="window.hacked=33")
![m](https://elsewhere.example/pixel.png) ![n](//elsewhere.example/pixel.png)
![o](data:image/svg+xml,<svg/onload=hacked=34>)

[^x]: <img src=x onerror="window.hacked = 35">
[p]: javascript:window.hacked=36
[p] `<script>window.hacked = 37</script>` a[^x]

```html" onmouseover="window.hacked=38
<script>window.hacked = 39</script>
```

| a<script>window.hacked = 40</script> | b |
|---|---|
| <img src=x onerror=window.hacked=41> | "><script>window.hacked = 42</script> |

<<script>script>window.hacked = 43<</script>/script> <scr<script>ipt>window.hacked=44</scr</script>ipt>
%%<script>window.hacked = 45</script>%% ==<img src=x onerror=window.hacked=46>==
[[x"onclick="window.hacked=47|y]] ![[a"onerror="hacked=48.png]]
"""
NAME = '"><img src=x onerror=window.hacked=50><script>window.hacked=51</script>'


def test_nothing_of_a_hostile_collection_runs(page, transactional_db):
    made = [
        rendered(
            source,
            title=f"Attack {number} {NAME}",
            description=NAME,
            authors=(NAME,),
            tags=(NAME[:90],),
            publication=NAME,
            language='en" onload="x',
            source_url="javascript:window.hacked=52",
            metadata={NAME: NAME},
        )
        for number, source in enumerate([ATTACKS, *ATTACKS.strip().split("\n")])
    ]
    index.refresh()
    addresses = ["/", "/?q=hacked", "/filters/author/", f"/articles/{made[0].pk}/details"]
    for address in [*addresses, *(each.get_absolute_url() for each in made)]:
        page.goto(address)
        assert page.evaluate("window.hacked") is None, address
        for bait in page.query_selector_all("#article-body a.bait, #article-body a[href^='javascript' i]"):
            bait.dispatch_event("click")
        assert page.evaluate("window.hacked") is None, address
        outside = page.evaluate(
            "document.querySelectorAll('#article-body').length <= 1 && !!document.querySelector('main')"
        )
        assert outside, address
        assert page.is_visible("header.site-header"), address


def test_the_policy_allows_no_inline_code(page, transactional_db):
    page.goto("/")
    policy = page.request.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
