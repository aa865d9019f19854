import asyncio

from peru_media.server.news import News


async def _first_lines(news: News, seen: str, count: int) -> list[bytes]:
    gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    lines: list[bytes] = []
    async for line in news.lines(seen, until=gone):
        lines.append(line)
        if len(lines) == count:
            gone.set_result(None)
    return lines


def test_who_hears_nothing_new_is_given_a_sign_of_life() -> None:
    news = News(heartbeat=0.01)
    news.tell(7)

    lines = asyncio.run(_first_lines(news, "7", 3))

    assert lines == [b"retry: 500\n\n", b": here\n\n", b": here\n\n"]


def test_after_the_end_there_is_nothing_to_hear() -> None:
    news = News()
    news.tell(7)
    news.end()

    assert asyncio.run(_first_lines(news, "6", 9)) == [b"retry: 500\n\n"]
