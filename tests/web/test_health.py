from django.db import connection


def test_a_running_archive_is_well(client, db):
    for page in ("/healthz", "/readyz"):
        response = client.get(page)
        assert (response.status_code, response.content, response["Content-Type"]) == (
            200,
            b"ok",
            "text/plain; charset=utf-8",
        )
        assert "no-cache" in response["Cache-Control"]


def test_the_process_answers_without_the_database(client):
    assert client.get("/healthz").status_code == 200


def test_readiness_names_what_does_not_answer(client, db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_articlechange RENAME TO search_articlechange_away")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"the index does not answer"
