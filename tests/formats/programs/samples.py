"""A small file of each format, as its program writes it: at least two articles, all invented."""

# ruff: noqa: E501 - as the programs write them

from __future__ import annotations

import json

BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>
<DL><p>
    <DT><H3 ADD_DATE="1600000000">Reading &amp; more</H3>
    <DD>About the folder
    <DL><p>
        <DT><A HREF="https://a.example/1?x=1&amp;y=2&copy=3" ADD_DATE="1680945330" TAGS="ships, old towns">One &amp; two</A>
        <DD>A note
on two lines
        <DT><H3>North/South</H3>
        <DL><p>
            <DT><A HREF='https://a.example/2' ADD_DATE="1680945330000" TOREAD="1">Two <b>bold</b></A>
        </DL><p>
    </DL><p>
    <DT><A HREF="https://a.example/3" ADD_DATE="1680945330000000">Ünïcode</A>
    <HR>
</DL><p>
"""

KINDLE = """\ufeffA Book of Tides (Quill, Ada)
- Your Highlight on page 2 | Location 20-21 | Added on Sunday, April 9, 2023 5:59:00 PM

The tide
==========
A Book of Tides (Quill, Ada)
- Your Highlight on page 2 | Location 20-22 | Added on Sunday, April 9, 2023 6:00:00 PM

The tide does not wait.
==========
A Book of Tides (Quill, Ada)
- Your Note on page 2 | Location 22 | Added on Sunday, April 9, 2023 6:01:00 PM

Who says so?
==========
A Book of Tides (Quill, Ada)
- Your Bookmark on page 3 | Location 31 | Added on Sunday, April 9, 2023 6:02:00 PM


==========
Salz (und Eisen)
- Ihre Markierung auf Seite 4 | Position 40-41 | Hinzugefügt am Sonntag, 9. April 2023 18:05:00

Über das Salz.
==========
"""

INSTAPAPER = """URL,Title,Selection,Folder,Timestamp,Tags
https://a.example/1,One,,Starred,1680945330,"[""ships"", ""old towns""]"
https://a.example/2,"Two, and more",A passage.,Unread,1680945331,[]
https://a.example/3,Ünïcode,,Sea/Ships,1680945332,
"""

RAINDROP = """id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite
1,One,"A note
on two lines",About it,https://a.example/1,Sea/Ships,"ships, old towns",2023-04-08T09:15:30.000Z,,"Highlight:First.
Note:Why?
Highlight:Second,
on two lines.",true
2,Ünïcode,,,https://a.example/2,Unsorted,,1680945330,https://a.example/2.png,A bare line.,false
"""

MATTER = """Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction Date,File Id
One,Ada Quill,The Gazette,https://a.example/1,ships;old towns,120,False,True,True,2,2023-04-08 09:15:30,one
Ünïcode,,,https://a.example/2,,120,True,False,False,0,2023-04-08 09:15:31,
"""

KARAKEEP = json.dumps(
    {
        "bookmarks": [
            {"createdAt": 1680945330, "title": "One", "tags": ["ships"], "lists": ["b"], "archived": True, "note": "Mine",
             "content": {"type": "link", "url": "https://a.example/1"}},
            {"createdAt": 1680945331, "title": None, "tags": [], "content": {"type": "link", "url": "https://a.example/2"}},
            {"createdAt": 1680945332, "title": None, "content": {"type": "text", "text": "A thought."}},
        ],
        "lists": [{"id": "a", "name": "Sea", "parentId": None}, {"id": "b", "name": "Ships", "parentId": "a"}],
    }
)  # fmt: skip

LINKWARDEN = json.dumps(
    {
        "name": "A Reader",
        "collections": [
            {"id": 1, "name": "Sea", "parentId": 2, "links": [
                {"id": 1, "name": "One", "url": "https://a.example/1", "collectionId": 1, "tags": [{"name": "ships"}],
                 "importDate": "2023-04-08T09:15:30.000Z", "createdAt": "2025-01-01T00:00:00.000Z"}]},
            {"id": 2, "name": "All/Things", "parentId": 1, "links": [
                {"id": 2, "name": "Two", "url": "https://a.example/2", "collectionId": 2, "tags": [],
                 "importDate": None, "createdAt": "2023-04-08T09:15:31.000Z"},
                {"id": 3, "name": "An upload", "url": None, "collectionId": 2, "type": "pdf"}]},
        ],
        "pinnedLinks": [{"id": 2, "name": "Two"}],
    }
)  # fmt: skip

KOREADER = json.dumps(
    {
        "created_on": 1704500000,
        "version": "json/1.0.0",
        "documents": [
            {"title": "A Book of Tides", "author": "Ada Quill", "entries": [
                {"text": "The tide does not wait.", "note": "Who says so?", "time": 1681063200, "page": 2, "color": "blue"},
                {"text": "", "note": "A thought.", "time": 1681063300, "page": 3}]},
            {"title": "Salt", "author": "N/A", "entries": [{"text": "It sang.", "time": 1681063400, "page": 1}]},
        ],
    }
)  # fmt: skip

CLIPPER = json.dumps(
    [
        {"url": "https://a.example/1", "title": "One",
         "highlights": [
             {"text": "<p>The <em>ti</em>de &amp; more.</p><p>It waits.</p>", "timestamp": "2023-04-09T18:00:00.000Z",
              "notes": ["Who?", "Why?"]},
             {"text": "a < b", "timestamp": "2023-04-09T18:05:00.000Z"}],
         "data": [{"id": "1681063500000", "type": "text", "textQuote": {"prefix": "so ", "suffix": " holds"}}]},
        {"url": "https://a.example/2", "highlights": [{"text": "Bare.", "timestamp": "2023-04-09T18:05:00.000Z"}]},
    ]
)  # fmt: skip

CSL = json.dumps(
    [
        {"id": "1", "type": "article-newspaper", "title": "One", "container-title": "The Gazette",
         "URL": "https://a.example/1", "accessed": {"date-parts": [["2023", 4, 8]]}, "issued": {"date-parts": [[2022, 11]]},
         "author": [{"family": "Quill", "given": "Ada"}, {"literal": "Port Authority"},
                    {"family": "Beethoven", "given": "L.", "non-dropping-particle": "van"}]},
        {"id": "2", "type": "book", "title": "Two", "DOI": "10.1000/xyz123", "keyword": "ships, salt", "note": "Mine"},
        {"id": "3", "type": "webpage", "title": "", "URL": "https://a.example/3", "issued": {"literal": "7 April 2023"}},
    ]
)  # fmt: skip

BIBTEX = r"""% Made by hand
@string{gaz = "The Gazette"}

@article{quill_one_2022,
	title = {One \& {\textless}two{\textgreater}: {\'E}t{\'e} at {NASA}},
	url = {https://a.example/1?a=1\&b=50\%25\_x},
	author = {Quill, Ada and {Port Authority and Sons} and Beethoven, Ludwig van},
	month = nov,
	year = {2022},
	urldate = {2023-04-08},
	journal = gaz,
	keywords = {ships, {salt, iron}},
	note = {A note.},
}

@misc{two,
	title = "``Two'' --- and more",
	howpublished = {\url{https://a.example/2}},
	year = 2021
}

@online{three,
	title = {Three},
	url = {https://a.example/3},
	date = {2023-04-07},
	langid = {english},
}
"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/">
    <bib:Article rdf:about="https://a.example/1">
        <z:itemType>journalArticle</z:itemType>
        <dcterms:isPartOf rdf:resource="urn:issn:1234"/>
        <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Quill</foaf:surname><foaf:givenName>Ada</foaf:givenName>
        </foaf:Person></rdf:li></rdf:Seq></bib:authors>
        <dcterms:isReferencedBy rdf:resource="#item_4"/>
        <link:link rdf:resource="#item_6"/>
        <dc:subject>ships</dc:subject>
        <dc:subject><z:AutomaticTag><rdf:value>old towns</rdf:value></z:AutomaticTag></dc:subject>
        <dc:title>One &amp; two</dc:title>
        <dcterms:dateSubmitted>2023-04-08 09:15:30</dcterms:dateSubmitted>
        <dc:date>April 7, 2023</dc:date>
    </bib:Article>
    <bib:Memo rdf:about="#item_4"><rdf:value>&lt;h1&gt;Annotations&lt;br/&gt;(1/5/2024)&lt;/h1&gt;
&lt;p&gt;&lt;span class="highlight" data-annotation="%7B%22color%22%3A%22%235fb236%22%7D"&gt;“The tide, “so
they say,” waits.”&lt;/span&gt; &lt;span class="citation"&gt;(Quill)&lt;/span&gt; Who?&lt;/p&gt;
&lt;p&gt;A thought of my own.&lt;/p&gt;</rdf:value></bib:Memo>
    <z:Attachment rdf:about="#item_6"><z:itemType>attachment</z:itemType>
        <rdf:resource rdf:resource="files/6/page.html"/><link:type>text/html</link:type></z:Attachment>
    <bib:Journal rdf:about="urn:issn:1234"><dc:title>The Gazette</dc:title></bib:Journal>
    <bib:Document rdf:about="#item_7">
        <z:itemType>webpage</z:itemType>
        <dc:title>Two</dc:title>
        <dc:identifier><dcterms:URI><rdf:value>https://a.example/2</rdf:value></dcterms:URI></dc:identifier>
    </bib:Document>
    <bib:Memo rdf:about="#item_9"><rdf:value>&lt;p&gt;Of nothing.&lt;/p&gt;</rdf:value></bib:Memo>
    <z:Attachment rdf:about="#item_8"><z:itemType>attachment</z:itemType><dc:title>Three</dc:title>
        <dc:identifier><dcterms:URI><rdf:value>https://a.example/3</rdf:value></dcterms:URI></dc:identifier></z:Attachment>
    <z:Collection rdf:about="#collection_1"><dc:title>Sea</dc:title>
        <dcterms:hasPart rdf:resource="#collection_2"/></z:Collection>
    <z:Collection rdf:about="#collection_2"><dc:title>Ships</dc:title>
        <dcterms:hasPart rdf:resource="https://a.example/1"/></z:Collection>
</rdf:RDF>
"""

ZOTERO_API = json.dumps(
    [
        {"key": "N1", "data": {"itemType": "annotation", "parentItem": "A1", "annotationType": "highlight",
         "annotationText": "The tide.", "annotationComment": "Who?", "annotationColor": "#2ea8e5",
         "annotationSortIndex": "2", "dateAdded": "2023-04-09T18:00:00Z", "tags": [{"tag": "todo"}]}},
        {"key": "N2", "data": {"itemType": "annotation", "parentItem": "A1", "annotationType": "note",
         "annotationText": "", "annotationComment": "A thought.", "annotationSortIndex": "1"}},
        {"key": "N3", "data": {"itemType": "annotation", "parentItem": "GONE", "annotationText": "Nowhere."}},
        {"key": "A1", "data": {"itemType": "attachment", "parentItem": "I1", "title": "Snapshot", "url": "https://a.example/1"}},
        {"key": "I1", "data": {"itemType": "webpage", "title": "One", "url": "https://a.example/1", "date": "2023-04-07",
         "accessDate": "2023-04-08T09:15:30Z", "websiteTitle": "Gazette", "tags": [{"tag": "ships"}],
         "creators": [{"creatorType": "editor", "name": "X"}, {"creatorType": "author", "firstName": "Ada", "lastName": "Quill"}]}},
        {"key": "I2", "data": {"itemType": "blogPost", "title": "Two", "url": "https://a.example/2"}},
    ]
)  # fmt: skip

SINGLEFILE = """<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile
 url: https://a.example/1?x=1&y=2
 saved date: Sat Apr 08 2023 04:45:30 GMT-0430 (Somewhere)
--><meta charset=utf-8><title>One &amp; two</title><meta name=author content="Ada Quill">
<style>p{color:red}</style><article><p>The tide waits. The <span class="single-file-highlight single-file-highlight-pink"
data-singlefile-highlight-id=7>tide</span><b><span class="single-file-highlight single-file-highlight-pink"
data-singlefile-highlight-id=7>s</span></b> wait.</p>
<p><span class=single-file-highlight data-singlefile-highlight-id=8>End</span></p>
<p><span class=single-file-highlight data-singlefile-highlight-id=8>of it.</span></p></article>
<single-file-note><template shadowrootmode=open><style>.n{}</style><div><textarea>Ask Jan &amp; Jo.</textarea></div></template>
</single-file-note></html>
"""

WEBSCRAPBOOK = """<!DOCTYPE html>
<html lang="en" data-scrapbook-source="https://a.example/1?x=1&amp;y=2" data-scrapbook-create="20230408091530000">
<head><meta charset="UTF-8"><title>One</title></head>
<body><p>The <scrapbook-linemarker data-scrapbook-id="20230409180000123" data-scrapbook-elem="linemarker"
style="background: #FFFF00;" title="Who?">tide</scrapbook-linemarker> waits.</p>
<p>It <span data-scrapbook-elem="linemarker">is</span> old, it <span data-scrapbook-elem="linemarker">is</span> wet.</p>
<scrapbook-sticky data-scrapbook-id="20230410080000000" data-scrapbook-elem="sticky">A note<br>on the page.</scrapbook-sticky>
</body></html>
"""

ANNOTATOR = """---
annotation-target: https://a.example/1
---

>%%
>```annotation-json
>{"created": "2023-04-09T18:00:00.000Z", "text": "Who?", "document": {"title": "One"}, "target": [{"selector": \
[{"type": "TextPositionSelector", "start": 9, "end": 20}, {"type": "TextQuoteSelector", "exact": "The tide.", \
"prefix": "so ", "suffix": " end"}]}]}
>```
>%%
>*%%PREFIX%%so%%HIGHLIGHT%% ==The tide.== %%POSTFIX%%end*
>%%COMMENT%%
>Who?
>%%TAGS%%
>#todo, #sea
^abc1


>%%
>```annotation-json
>{"created": "2023-04-09T18:05:00.000Z", "target": [{"selector": [{"type": "TextQuoteSel
>```
>%%
>*%%PREFIX%%a%%HIGHLIGHT%% ==It waits.== %%POSTFIX%%b*
>%%COMMENT%%
>So it is.
>%%TAGS%%
>
^abc2
"""

ALL = {
    "bookmarks": BOOKMARKS,
    "kindle": KINDLE,
    "instapaper": INSTAPAPER,
    "raindrop": RAINDROP,
    "matter": MATTER,
    "karakeep": KARAKEEP,
    "linkwarden": LINKWARDEN,
    "koreader": KOREADER,
    "obsidian clipper": CLIPPER,
    "csl": CSL,
    "bibtex": BIBTEX,
    "zotero rdf": RDF,
    "zotero api": ZOTERO_API,
    "singlefile": SINGLEFILE,
    "webscrapbook": WEBSCRAPBOOK,
    "annotator": ANNOTATOR,
}
