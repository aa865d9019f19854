// Reads a feed from its input with feedsmith, and prints what it found as JSON.
// The folder that holds node_modules is given as an argument.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { parseRssFeed } = createRequire(`${process.argv[2]}/`)("feedsmith");
process.stdout.write(JSON.stringify(parseRssFeed(readFileSync(0, "utf8"))));
