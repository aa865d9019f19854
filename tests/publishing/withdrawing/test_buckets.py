"""In a real bucket that keeps versions, no version of anything names them."""

from collections.abc import Callable

from peru_media.storage.s3 import S3Settings, S3Store
from tests.clinic import acting, policy
from tests.leaving import Leaving, copy_store, found_in
from tests.seaweed import Seaweed


def test_no_version_of_anything_names_them(
    leaving: Leaving, seaweed: Seaweed, record_property: Callable[[str, object], None]
) -> None:
    client, bucket = seaweed.client(), seaweed.make_bucket(versioned=True)
    settings = S3Settings(
        bucket=bucket, prefix="site", endpoint=seaweed.endpoint, region="us-east-1"
    )
    with acting(seaweed.person(policy("What staff may do", bucket))):
        store = S3Store(settings)  # so the rights in docs/storage.md suffice
    copy_store(leaving.room.store, store)
    copy_store(leaving.room.store, store)
    medium = next(one.key for one in store.list("public/") if "marmalade" in one.key)
    client.delete_object(Bucket=bucket, Key=f"site/{medium}")
    client.put_object(
        Bucket=bucket, Key=f"site/{medium}.old.mp3", Body=b"turpentine-waltz"
    )
    client.delete_object(Bucket=bucket, Key=f"site/{medium}.old.mp3")
    client.create_multipart_upload(Bucket=bucket, Key=f"site/{medium}.part.mp3")
    before = found_in(seaweed.versions(bucket))
    assert len(before) > 80
    leaving.stores, leaving.really = {"bucket": store}, 2.5

    done = leaving.withdraw()

    versions = seaweed.versions(bucket)
    assert found_in(versions) == {}
    assert "Uploads" not in client.list_multipart_uploads(Bucket=bucket)
    assert [one.left for one in done.gone] == [0]
    assert any(name.startswith("site/current.json") for name in versions)
    record_property("part", "SeaweedFS, with versions kept: a withdrawal")
    record_property(
        "figure",
        f"versions in a bucket that named somebody withdrawn {len(before)}, now 0 "
        f"of {len(versions)}",
    )
