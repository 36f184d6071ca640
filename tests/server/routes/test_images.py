"""Pictures over HTTP: in as files, out as levels."""

import io
import json

import numpy as np
import pytest
from fastapi import FastAPI
from PIL import Image
from starlette.testclient import TestClient

from server.errors import add_error_handlers
from server.guard import guarded
from server.images.library import Library
from server.images.samples import sample_picture
from server.routes.images import images_router
from server.settings import Settings
from tests.server.images import nasty

PHOTO = nasty.saved(nasty.photo(), "PNG")
FORM = {"Content-Type": "multipart/form-data; boundary=X"}
PART = b'--X\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'


def client_for(settings):
    app = FastAPI()
    add_error_handlers(app)
    app.include_router(images_router(Library(settings), settings))
    guarded(app, settings)
    return TestClient(app, base_url="http://localhost")


@pytest.fixture
def client():
    return client_for(Settings(max_upload_bytes=100_000, max_pixels=1_000_000))


def upload(client, data, name="photo.png"):
    return client.post("/api/images", files={"file": (name, data)})


def npy(response):
    assert response.status_code == 200, response.text
    return np.load(io.BytesIO(response.content))


def error_of(response, status):
    assert response.status_code == status
    assert len(response.content) < 2048
    return response.json()["error"]


class TestUpload:
    def test_gives_the_id_and_the_size(self, client):
        response = upload(client, PHOTO)
        assert response.status_code == 201
        info = response.json()
        assert info == {"id": info["id"], "width": 64, "height": 48, "channels": 3, "frames": 1}
        assert response.headers["location"] == f"/api/images/{info['id']}"
        assert client.get(response.headers["location"]).json() == info

    def test_the_same_picture_has_the_same_id_in_any_lossless_format(self, client):
        again = upload(client, nasty.saved(nasty.photo(), "BMP"), "other.bmp")
        assert again.json()["id"] == upload(client, PHOTO).json()["id"]

    @pytest.mark.parametrize("name", ["photo.png", "../../etc/passwd", "照片.png", "a" * 2000, "x.svg"])
    def test_the_name_does_not_matter(self, client, name):
        assert upload(client, PHOTO, name).status_code == 201

    @pytest.mark.parametrize("orientation", range(2, 9))
    def test_exif_orientation_is_applied(self, client, orientation):
        info = upload(client, nasty.with_exif(nasty.photo(), "JPEG", nasty.exif(orientation))).json()
        assert (info["width"], info["height"]) == ((64, 48) if orientation < 5 else (48, 64))

    @pytest.mark.parametrize(
        ("data", "status", "code"),
        [
            (nasty.png_bomb(), 422, "too_many_pixels"),
            (PHOTO[:200], 422, "corrupt_image"),
            (b"<svg/>", 415, "unsupported_format"),
            (b"%!PS-Adobe-3.0 EPSF-3.0\n", 415, "unsupported_format"),
            (b"", 422, "empty_file"),
            (b"\x89PNG" + b"x" * 100_000, 413, "too_large"),
            (b"\x89PNG" + b"x" * 200_000, 413, "too_large"),
        ],
    )
    def test_refusals_name_the_field(self, client, data, status, code):
        error = error_of(upload(client, data), status)
        assert error["code"] == code
        assert error["field"] in ("file", None)

    def test_a_body_without_announced_length_is_413_too(self, client):
        pieces = (piece for piece in [PART, *[b"x" * 10_000] * 30, b"\r\n--X--\r\n"])
        assert error_of(client.post("/api/images", content=pieces, headers=FORM), 413)["code"] == "too_large"

    def test_after_all_that_the_next_is_served(self, client):
        error_of(upload(client, nasty.png_bomb()), 422)
        assert upload(client, PHOTO).status_code == 201


class TestPixels:
    def test_png_is_the_default(self, client):
        response = client.get("/api/images/coffee/pixels?size=100")
        assert response.headers["content-type"] == "image/png"
        expected = Image.fromarray(sample_picture("coffee").frames[0]).resize(
            (100, 67), Image.Resampling.BILINEAR
        )
        np.testing.assert_array_equal(
            np.asarray(Image.open(io.BytesIO(response.content))), np.asarray(expected)
        )

    def test_npy(self, client):
        response = client.get("/api/images/coffee/pixels", params={"format": "npy", "color": "grey"})
        levels = np.load(io.BytesIO(response.content))
        assert (levels.shape, levels.dtype) == ((1, 213, 320), np.uint8)

    def test_frame(self, client):
        content = client.get("/api/images/coins/pixels?size=50&format=frame").content
        length = int.from_bytes(content[:4], "little")
        header = json.loads(content[4 : 4 + length])
        assert header == {
            "layer": "input",
            "channels": [0, 1, 2],
            "height": 39,
            "width": 50,
            "dtype": "uint8",
            "min": [0, 0, 0],
            "max": [255, 255, 255],
        }
        payload = np.frombuffer(content[4 + length :], np.uint8)
        assert (4 + length) % 4 == 0
        npy = client.get("/api/images/coins/pixels?size=50&format=npy").content
        np.testing.assert_array_equal(payload.reshape(3, 39, 50), np.load(io.BytesIO(npy)))

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("size=0", "size"),
            ("size=5000", "size"),
            ("size=big", "size"),
            ("size=1e3", "size"),
            ("color=green", "color"),
            ("frame=1", "frame"),
            ("frame=-1", "frame"),
            ("format=gif", "format"),
            ("colour=rgb", "colour"),
            ("crop=0,0,401,1", "crop"),
            ("crop=0,0,1,601", "crop"),
            ("crop=400,0,1,1", "crop"),
            ("crop=0,0,0,5", "crop"),
            ("crop=0,0,5", "crop"),
            ("crop=0,0,5,5,5", "crop"),
            ("crop=", "crop"),
            ("crop=-1,0,5,5", "crop"),
            ("crop=0,0,5,5.5", "crop"),
            ("crop=0,0,5,9999999999", "crop"),
            ("crop=[0,0,5,5]", "crop"),
            ("crop=0,0,5,٥", "crop"),
            ("edits=213.0.1", "edits.0"),
            ("edits=0.0.1;0.320.1", "edits.1"),
            ("edits=0.0.256", "edits.0"),
            ("edits=0.0.1;", "edits"),
            ("edits=0.0", "edits"),
            ("edits=0.0.-1", "edits"),
            ("edits=0,0,1", "edits"),
            ("edits=0.0.true", "edits"),
            ("edits=" + ";".join(["0.0.1"] * 4097), "edits"),
        ],
    )
    def test_refusals_name_the_field(self, client, query, field):
        error = error_of(client.get(f"/api/images/coffee/pixels?{query}"), 422)
        assert error["field"] == field
        assert field.partition(".")[0] in error["message"]

    def test_crop_and_edits(self, client):
        whole = npy(client.get("/api/images/coffee/pixels?size=600&format=npy"))
        query = "crop=10,20,30,40&edits=29.39.7;0.0.255;29.39.8&format=npy"
        part = npy(client.get(f"/api/images/coffee/pixels?{query}"))
        expected = whole[:, 10:40, 20:60].copy()
        expected[:, 29, 39], expected[:, 0, 0] = 8, 255
        np.testing.assert_array_equal(part, expected)
        most = ";".join(f"{y}.{x}.0" for y in range(64) for x in range(64))
        black = npy(client.get(f"/api/images/noise/pixels?size=64&edits={most}&format=npy"))
        assert not black.any()

    def test_each_frame_is_cropped(self, client):
        frames = [np.full((6, 8, 3), 40 * k, np.uint8) for k in range(3)]
        for k, frame in enumerate(frames):
            frame[2:5, 3:7, 1] += np.arange(12, dtype=np.uint8).reshape(3, 4) + np.uint8(k)
        file = io.BytesIO()
        images = [Image.fromarray(frame) for frame in frames]
        images[0].save(file, "WEBP", lossless=True, save_all=True, append_images=images[1:])
        info = upload(client, file.getvalue()).json()
        assert info["frames"] == 3
        address = f"/api/images/{info['id']}/pixels?crop=2,3,3,4&format=npy"
        for k, frame in enumerate(frames):
            got = npy(client.get(f"{address}&frame={k}"))
            np.testing.assert_array_equal(np.moveaxis(got, 0, 2), frame[2:5, 3:7])

    @pytest.mark.parametrize("name", ["edge", "checker", "dot", "ramp", "digit", "noise"])
    def test_a_synthetic_picture_is_exactly_as_large_as_asked(self, client, name):
        for size in (1, 8, 321):
            address = f"/api/images/{name}/pixels?size={size}&format=npy"
            grey = npy(client.get(f"{address}&color=grey"))
            assert grey.shape == (1, size, size)
            colour = npy(client.get(address))
            np.testing.assert_array_equal(colour, np.repeat(grey, 3, axis=0))
        last = client.get(f"/api/images/{name}").json()["frames"] - 1
        assert client.get(f"/api/images/{name}/pixels?frame={last}").status_code == 200
        error = error_of(client.get(f"/api/images/{name}/pixels?frame={last + 1}"), 422)
        assert (error["field"], error["values"]["max"]) == ("frame", last)
        error = error_of(client.get(f"/api/images/{name}/pixels?size=8&crop=0,0,9,8"), 422)
        assert (error["field"], error["values"]) == ("crop", {"height": 8, "width": 8})

    @pytest.mark.parametrize("path", ["/api/images/nothing", "/api/images/nothing/pixels"])
    def test_unknown_ids_are_404_and_say_what_to_do(self, client, path):
        error = error_of(client.get(path), 404)
        assert (error["code"], error["field"]) == ("unknown_image", "image")
        assert "upload it again" in error["message"]

    def test_uploaded_levels_may_be_kept_for_ever_and_samples_are_asked_about(self, client):
        uploaded = upload(client, PHOTO).json()["id"]
        kept = client.get(f"/api/images/{uploaded}/pixels")
        assert "immutable" in kept.headers["cache-control"]
        assert client.get("/api/images/coffee/pixels").headers["cache-control"] == "no-cache"

    def test_etag_answers_304(self, client):
        first = client.get("/api/images/coffee/pixels?size=64")
        tag = {"If-None-Match": first.headers["etag"]}
        again = client.get("/api/images/coffee/pixels?size=64", headers=tag)
        assert (again.status_code, again.content) == (304, b"")
        assert client.get("/api/images/coffee/pixels?size=65", headers=tag).status_code == 200
        other = client.get("/api/images/coffee/pixels?size=64&format=npy", headers=tag)
        assert other.status_code == 200
        for more in ("edits=0.0.1", "crop=0,0,300,450", "frame=0&color=grey"):
            other = client.get(f"/api/images/coffee/pixels?size=64&{more}", headers=tag)
            assert other.status_code == 200, more

    def test_etag_tells_shapes_of_the_same_levels_apart(self, client):
        address = "/api/images/dot/pixels?size=64&color=grey&format=png"
        tags = {client.get(f"{address}&crop=0,0,{crop}").headers["etag"] for crop in ("2,3", "3,2", "1,6")}
        assert len(tags) == 3


def test_samples_are_listed_with_credits(client):
    rows = client.get("/api/samples").json()["samples"]
    sets = ["photos"] * 10 + ["patterns"] * 6 + ["fashion-mnist"] * 10
    assert [row["set"] for row in rows] == sets
    for row in rows:
        told = {
            "id",
            "width",
            "height",
            "channels",
            "frames",
            "title",
            "credit",
            "set",
            "synthetic",
            "variant",
        }
        assert set(row) == told
        assert set(row["title"]) == {"en", "zh"}
        assert client.get(f"/api/images/{row['id']}").json()["width"] == row["width"]
    assert [row["synthetic"] for row in rows] == [row["set"] == "patterns" for row in rows]
    assert [row["id"] for row in rows[10:16]] == ["edge", "checker", "dot", "ramp", "digit", "noise"]
    for row in rows[10:16]:
        assert set(row["variant"]) == {"en", "zh"}
        assert "Convscope" in row["credit"]
