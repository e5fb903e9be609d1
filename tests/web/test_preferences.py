import re

import pytest


def test_without_cookies_pages_follow_the_system(client, db):
    page = client.get("/preferences/").content.decode()
    assert 'data-theme="auto" data-size="medium" data-width="medium" data-face="serif"' in page
    assert 'data-density="comfortable" data-keys="on"' in page


def test_a_choice_is_kept_and_the_page_is_sent_that_way(client, db):
    response = client.post("/preferences/", {"theme": "dark", "size": "large", "next": "/sign-in/"})
    assert response["Location"] == "/sign-in/"
    assert 'data-theme="dark" data-size="large" data-width="medium"' in client.get("/sign-in/").content.decode()
    client.post("/preferences/", {"width": "wide"})
    page = client.get("/sign-in/").content.decode()
    assert 'data-theme="dark" data-size="large" data-width="wide"' in page


def test_unknown_values_count_for_nothing(client, db):
    client.cookies["theme"] = '"><script>'
    assert 'data-theme="auto"' in client.get("/sign-in/").content.decode()
    client.post("/preferences/", {"size": "enormous"})
    assert 'data-size="medium"' in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "", "\\\\e"]
)
def test_no_other_site_can_be_led_to(client, db, address):
    assert client.post("/preferences/", {"theme": "dark", "next": address})["Location"] == "/"


def test_the_browsers_own_frame_takes_the_colour_of_the_page(client, db):
    def colours() -> list[str]:
        page = client.get("/preferences/").content.decode()
        return re.findall(r'<meta name="theme-color" content="([^"]+)"( media)?', page)

    light, dark = colours()
    assert (light[1], dark[1]) == (" media", " media")
    client.post("/preferences/", {"theme": "dark"})
    assert colours() == [(dark[0], "")]
    client.post("/preferences/", {"theme": "light"})
    assert colours() == [(light[0], "")]


def test_each_choice_is_a_radio_button_with_its_state(client, db):
    client.cookies["width"] = "wide"
    page = client.get("/preferences/").content.decode()
    assert 'name="width" value="wide" checked' in page
    assert 'name="images" value="ask" checked' in page
