// What the browser's own player does not do: chapters, a transcript that follows the
// sound, find, speed, skip, going on where one stopped, and links to a moment.
// Without it every time is a link that plays from there.

const all = (what, from = document) => [...from.querySelectorAll(what)];
const one = (what, from = document) => from.querySelector(what);

const player = one("#player");
if (player) start(player);
copying();

function start(media) {
  const box = one("[data-player]");
  const marks = all("[data-at]").map((link) => ({
    link,
    at: Number(link.dataset.at),
    row: link.closest(".turn, li"),
  }));
  const groups = [".chapters", ".transcript"].map((name) =>
    marks.filter(({ link }) => link.closest(name)),
  );
  const kept = store(`at:${box.dataset.id}`);
  const pace = store("speed");
  let wanted = null;

  all("[data-scripted]").forEach((tools) => (tools.hidden = false));

  function seek(seconds, play) {
    if (media.readyState) {
      media.currentTime = seconds;
    } else {
      wanted = seconds;
      media.preload = "metadata";
      media.load();
    }
    show(seconds);
    if (play) media.play().catch(() => {});
  }

  // A time link plays here instead of leaving the page.
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("[data-at]");
    const said = event.target.closest(".turn p");
    if (link) event.preventDefault();
    if (!link && (!said || !getSelection().isCollapsed || event.target.closest("a"))) return;
    const at = link || one("[data-at]", said.parentElement);
    history.replaceState(null, "", `#t=${at.dataset.at}`);
    seek(Number(at.dataset.at), true);
  });

  const asked = () => {
    const found = /^#t=(?:npt:)?(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)/.exec(location.hash);
    return found && Number(found[1] || 0) * 3600 + Number(found[2] || 0) * 60 + Number(found[3]);
  };
  const follow = () => asked() !== null && seek(asked(), false);
  addEventListener("hashchange", follow);

  media.addEventListener("loadedmetadata", () => {
    if (wanted !== null) media.currentTime = wanted;
    wanted = null;
    if (speed) media.playbackRate = Number(speed.value);
  });
  media.addEventListener("timeupdate", () => {
    const now = media.currentTime;
    show(now);
    if (now > 10 && now < media.duration - 20) kept.put(Math.floor(now));
    else if (media.ended || now >= media.duration - 20) kept.put("");
  });

  // What is being said now, and the link to it.
  const share = one("[data-share]");
  const moment = one("[data-moment]");
  const wave = one(".waveform");
  const chase = one("[data-follow]");
  function show(now) {
    groups.forEach((group) => {
      const present = group.findLast(({ at }) => at <= now + 0.05);
      group.forEach((mark) => {
        const here = mark === present;
        if (here === mark.link.hasAttribute("aria-current")) return;
        mark.link.toggleAttribute("aria-current", here);
        if (here) mark.link.setAttribute("aria-current", "true");
        mark.row.classList.toggle("now", here);
        if (here && chase && chase.checked && mark.row.matches(".turn"))
          mark.row.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
      });
    });
    if (share) share.textContent = share.dataset.words.replace("TIME", clock(now));
    if (moment && now >= 1)
      moment.textContent = ` ${moment.dataset.words
        .replace("TIME", clock(now))
        .replace("ADDRESS", `${moment.dataset.address}#t=${Math.floor(now)}`)}`;
    if (wave && media.duration) wave.style.setProperty("--played", now / media.duration);
  }
  if (wave)
    wave.addEventListener("click", (event) => {
      const { left, width } = wave.getBoundingClientRect();
      const length = media.duration || Number(wave.dataset.seconds);
      seek(((event.clientX - left) / width) * length, true);
    });

  share?.addEventListener("click", async () => {
    const address = new URL(location.href);
    address.hash = `t=${Math.floor(media.currentTime || wanted || 0)}`;
    await take(address.href);
    one("[data-status]").textContent = share.textContent = share.dataset.copied;
  });

  all("[data-skip]").forEach((button) =>
    button.addEventListener("click", () =>
      seek(Math.max(0, (media.currentTime || wanted || 0) + Number(button.dataset.skip)), false),
    ),
  );

  const speed = one("[data-speed]");
  if (speed && all("option", speed).some((option) => option.value === pace.get()))
    speed.value = pace.get();
  speed?.addEventListener("change", () => {
    media.playbackRate = Number(speed.value);
    pace.put(speed.value);
  });

  const resume = one("[data-resume]");
  if (resume && Number(kept.get()) && asked() === null) {
    resume.textContent = resume.dataset.words.replace("TIME", clock(Number(kept.get())));
    resume.hidden = false;
    resume.addEventListener("click", () => seek(Number(kept.get()), true));
    media.addEventListener("play", () => (resume.hidden = true), { once: true });
  }

  finding();
  follow();
}

// Fields and texts that are there to be taken along.
function copying() {
  all("[data-copy]").forEach((button) => {
    const what = one(`#${button.dataset.copy}`);
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = (what.value || what.textContent).trim();
      await take(text);
      button.textContent = button.dataset.copied;
    });
  });
}

// Browsers let pages copy only over HTTPS; elsewhere the text is shown, to be copied.
async function take(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    prompt("", text);
  }
}

function finding() {
  const field = one("[data-find]");
  if (!field) return;
  const lines = all(".turn p span");
  const words = lines.map((line) => line.textContent);
  const told = one("[data-found]");
  let hits = [];
  let place = -1;

  function mark() {
    const what = field.value.trim().toLocaleLowerCase();
    lines.forEach((line, number) => {
      const text = words[number];
      const low = text.toLocaleLowerCase();
      const parts = [];
      let from = 0;
      for (let at; what && low.length === text.length && (at = low.indexOf(what, from)) >= 0; ) {
        const hit = document.createElement("mark");
        hit.textContent = text.slice(at, at + what.length);
        parts.push(text.slice(from, at), hit);
        from = at + what.length;
      }
      line.replaceChildren(...parts, text.slice(from));
    });
    hits = all(".turn mark");
    place = -1;
    told.textContent = what ? told.dataset.none : "";
    if (hits.length) next(1);
  }

  function next(step) {
    if (!hits.length) return;
    hits[place]?.classList.remove("here");
    place = (place + step + hits.length) % hits.length;
    hits[place].classList.add("here");
    hits[place].scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    told.textContent = told.dataset.words
      .replace("PLACE", place + 1)
      .replace("COUNT", hits.length);
  }

  field.addEventListener("input", mark);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") next(event.shiftKey ? -1 : 1);
  });
  one("[data-next]").addEventListener("click", () => next(1));
}

function clock(seconds) {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  const pad = (part) => String(part).padStart(2, "0");
  return parts[0] ? `${parts[0]}:${pad(parts[1])}:${pad(parts[2])}` : `${parts[1]}:${pad(parts[2])}`;
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// Kept in this browser alone; where it keeps nothing, nothing is remembered.
function store(name) {
  const key = `peru-media:${name}`;
  const attempt = (work) => {
    try {
      return work();
    } catch {
      return null;
    }
  };
  return {
    get: () => attempt(() => localStorage.getItem(key)),
    put: (value) =>
      attempt(() => (value === "" ? localStorage.removeItem(key) : localStorage.setItem(key, value))),
  };
}
