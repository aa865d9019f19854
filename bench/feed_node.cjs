// One feed by an npm package: node --expose-gc feed_node.cjs NAME CATALOGUE
const fs = require('fs');

const BASE = 'https://media.example.org';
const SHOW = { title: 'Stories & studies', description: 'What people told us.', author: 'The unit' };

function feedsmith(found) {
  const { generateRssFeed } = require('feedsmith');
  return generateRssFeed({
    title: SHOW.title, link: `${BASE}/stories`, description: SHOW.description, language: 'en-GB',
    itunes: { author: SHOW.author, explicit: false, categories: [{ text: 'Science' }] },
    items: found.map((one) => ({
      title: one.title, link: one.link, description: one.html, content: { encoded: one.html },
      guid: { value: one.guid, isPermaLink: false }, pubDate: new Date(one.published * 1000),
      enclosures: [{ url: one.url, length: one.size, type: one.type }],
      itunes: {
        duration: one.duration, explicit: one.explicit, episode: one.number, season: one.season,
        episodeType: 'full', image: one.image,
      },
      podcast: {
        persons: one.people.map((who) => ({ display: who.name, role: who.role, href: who.href })),
        transcripts: [{ url: one.transcript, type: 'text/vtt' }],
        chapters: { url: one.chapters, type: 'application/json+chapters' },
      },
    })),
  });
}

function podcast(found) {
  const { Podcast } = require('podcast');
  const feed = new Podcast({
    title: SHOW.title, siteUrl: `${BASE}/stories`, description: SHOW.description, language: 'en-GB',
    author: SHOW.author, itunesExplicit: false, itunesCategory: [{ text: 'Science' }],
  });
  for (const one of found) {
    const people = one.people.map((who) => (
      { 'podcast:person': [{ _attr: { role: who.role, href: who.href } }, who.name] }));
    feed.addItem({
      title: one.title, url: one.link, guid: one.guid, description: one.html, content: one.html,
      date: new Date(one.published * 1000),
      enclosure: { url: one.url, size: one.size, type: one.type },
      itunesDuration: one.duration, itunesExplicit: one.explicit, itunesEpisode: one.number,
      itunesSeason: one.season, itunesEpisodeType: 'full', itunesImage: one.image,
      customElements: [
        ...people,
        { 'podcast:transcript': { _attr: { url: one.transcript, type: 'text/vtt' } } },
        { 'podcast:chapters': { _attr: { url: one.chapters, type: 'application/json+chapters' } } },
      ],
    });
  }
  return feed.buildXml();
}

function memory(name) {
  const status = fs.readFileSync('/proc/self/status', 'utf8');
  return Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))[1]) * 1024;
}

const [name, catalogue] = process.argv.slice(2);
const build = { feedsmith, podcast }[name];
const found = fs.readFileSync(catalogue, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
build(found.slice(0, 100)); // load the modules, and let the compiler see the code
global.gc();
fs.writeFileSync('/proc/self/clear_refs', '5');
const held = memory('VmRSS');
const began = process.cpuUsage();
const clock = process.hrtime.bigint();
const bytes = Buffer.from(build(found), 'utf8').length;
const wall = Number(process.hrtime.bigint() - clock) / 1e9;
const used = process.cpuUsage(began);
const cpu = (used.user + used.system) / 1e6;
console.log(JSON.stringify({ cpu, wall, peak: memory('VmHWM') - held, bytes }));
