import pytest

from foods.models import Food
from tests.factories import make_food
from tests.foods.barcodes.products import CODE, GTIN
from tracker.diary.models import Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CAMERA = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["ean_13", "qr_code"]; }
  constructor(options) { window.formatsAsked = options.formats; this.looks = 0; }
  async detect() {
    this.looks += 1;
    if (this.looks === 1) return [];
    if (this.looks === 2) return [{ rawValue: "5411188112779" }];
    return [{ rawValue: "5411188112778" }];
  }
};
Object.defineProperty(navigator, "mediaDevices", { value: {
  async getUserMedia() {
    if (window.cameraIsRefused) throw new Error("refused");
    const canvas = document.createElement("canvas");
    const paint = () => canvas.getContext("2d").fillRect(0, 0, 9, 9);
    setInterval(paint, 50);
    paint();
    return canvas.captureStream(20);
  },
} });
"""


def test_a_food_from_a_label_is_entered_and_logged_by_keyboard(ada, ada_page):
    ada_page.goto("/foods/?q=barley")
    ada_page.get_by_role("link", name="Add “barley” from its label").press("Enter")
    ada_page.get_by_label("Name").fill("Barley drink")
    ada_page.get_by_label("Was the B12 added?").select_option("added")
    ada_page.get_by_label("Diet").select_option("vegan")
    ada_page.get_by_label("B12 on the label").fill("15 %")
    ada_page.get_by_label("Stated in").select_option("eu")
    ada_page.get_by_label("For how much").select_option("100ml")
    ada_page.get_by_label("Serving").fill("250")
    ada_page.get_by_label("Unit", exact=True).select_option("ml")
    ada_page.get_by_label("Also called").fill("glass")
    ada_page.get_by_label("Also called").press("Enter")

    ada_page.get_by_text("Only you can see this food.").wait_for()
    ada_page.get_by_label("Amount").fill("2")
    ada_page.get_by_label("Amount").press("Enter")

    ada_page.get_by_text("Barley drink").first.wait_for()
    entry = Entry.objects.get(profile=ada.profile)
    assert (entry.mass_g, entry.b12_ug) == (500, pytest.approx(1.875))
    assert entry.free_ug == entry.b12_ug


def test_an_error_gets_the_focus_and_is_announced(ada_page, axe):
    ada_page.goto("/foods/new/")
    ada_page.get_by_label("Name").fill("Oat drink")
    ada_page.get_by_label("Diet").select_option("vegan")
    ada_page.get_by_label("B12 on the label").fill("2.5 mg")
    ada_page.get_by_role("button", name="Save").click()

    ada_page.locator("#form-errors:focus").wait_for()
    axe(ada_page)
    ada_page.get_by_label("The label really says that").check()
    ada_page.get_by_role("button", name="Save").click()
    ada_page.get_by_text("Only you can see this food.").wait_for()

    assert Food.objects.get().b12_ug_per_100g == 2500


def test_pages_have_no_faults_with_look_ups_turned_on(ada_page, looked_over, settings):
    settings.OPENFOODFACTS = True
    for address in ("/barcode/", f"/barcode/?code={CODE}"):
        ada_page.goto(address)
        looked_over(ada_page)


def test_without_a_detector_there_is_no_camera_button(ada_page):
    ada_page.goto("/barcode/")

    assert ada_page.get_by_role("button", name="Use the camera").count() == 0
    assert ada_page.get_by_label("Number under the barcode").is_visible()


def test_the_camera_fills_in_the_number_and_finds_the_food(ada_page):
    food = make_food("Barley drink", gtin=GTIN)
    ada_page.add_init_script(CAMERA)
    ada_page.goto("/barcode/?slot=lunch")

    ada_page.get_by_role("button", name="Use the camera").click()

    ada_page.get_by_role("heading", name="Barley drink").wait_for()
    assert ada_page.url.endswith(f"/foods/{food.pk}/?slot=lunch")


def test_the_camera_takes_a_short_upc_whose_last_digit_is_that_of_the_long_one(ada_page):
    make_food("Chewing gum", gtin="00042100005264")
    ada_page.add_init_script(
        CAMERA.replace('["ean_13", "qr_code"]', '["upc_e"]').replace(
            '{ rawValue: "5411188112778" }', '{ rawValue: "04252614", format: "upc_e" }'
        )
    )
    ada_page.goto("/barcode/")

    ada_page.get_by_role("button", name="Use the camera").click()

    ada_page.get_by_role("heading", name="Chewing gum").wait_for()


def test_without_the_camera_the_field_still_works(ada_page):
    ada_page.add_init_script(CAMERA + "window.cameraIsRefused = true;")
    ada_page.goto("/barcode/")

    ada_page.get_by_role("button", name="Use the camera").click()

    ada_page.get_by_text("The camera could not be used. Type the number instead.").wait_for()
    assert ada_page.get_by_role("button", name="Use the camera").is_visible()
