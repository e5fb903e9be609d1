"""Uploading files: dropped on the page, chosen by keyboard alone, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)

BRIDGE = "---\ntitle: The swing bridge\n---\nIt opens by hand.\n"
DROP = """(files) => {
    const dropped = new DataTransfer();
    for (const [name, words] of files) dropped.items.add(new File([words], name));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def keeper(signed_in: Page, data_dir):
    return signed_in


@pytest.fixture
def bridge(tmp_path):
    path = tmp_path / "bridge.md"
    path.write_text(BRIDGE)
    return path


def comes_in(page: Page, archive: str):
    """The run's page appears, the run succeeds, and the article can be read."""
    page.wait_for_url("**/imports/*/")
    page.get_by_text("Duration").wait_for()
    expect(page.locator(".facts div", has_text="New")).to_contain_text("1")
    page.goto(archive)
    expect(page.locator(".row h2")).to_have_text("The swing bridge")


def test_files_are_dropped_on_an_empty_library(keeper: Page, archive):
    keeper.goto("/")
    keeper.evaluate(DROP, [["notes.exe", "No article"]])
    expect(keeper.locator("output")).to_have_text("None of the dropped files can be imported.")
    keeper.evaluate(DROP, [["bridge.md", BRIDGE], [".hidden", ""]])
    comes_in(keeper, archive)


def test_files_are_chosen_by_keyboard_alone(keeper: Page, archive, bridge):
    keeper.goto("/imports/")
    while keeper.evaluate("document.activeElement.id") != "files":
        keeper.keyboard.press("Tab")
    with keeper.expect_file_chooser() as chooser:
        keeper.keyboard.press("Space")
    chooser.value.set_files(bridge)
    keeper.keyboard.press("Tab")
    assert keeper.inner_text(":focus") == "Import"
    keeper.keyboard.press("Enter")
    comes_in(keeper, archive)


def test_files_are_sent_without_script(keeper: Page, archive, bridge):
    context = keeper.context.browser.new_context(
        java_script_enabled=False, storage_state=keeper.context.storage_state(), base_url=archive
    )
    page = context.new_page()
    page.goto("/imports/")
    page.set_input_files("#files", bridge)
    page.get_by_role("button", name="Import").click()
    page.wait_for_url("**/imports/*/")
    for _ in range(100):
        if page.get_by_text("Duration").count():
            break
        page.wait_for_timeout(100)
        page.reload()
    page.goto("/")
    expect(page.locator(".row h2")).to_have_text("The swing bridge")
    context.close()
