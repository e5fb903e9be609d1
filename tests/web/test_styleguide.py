from archive.annotations.models import Colour


def test_it_is_there_for_developers_alone(client, public, db, settings):
    assert client.get("/styleguide/").status_code == 404
    settings.DEBUG = True
    page = client.get("/styleguide/").content.decode()
    for colour in Colour.values:
        assert f'class="sample {colour}"' in page
        assert f'class="{colour}' in page, "a highlight"
    assert "A reply." in page and "No articles yet" in page
