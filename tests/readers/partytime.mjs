// Reads a feed from its input with podcast-partytime, and prints it as JSON.
// The folder that holds node_modules is given as an argument.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { parseFeed } = createRequire(`${process.argv[2]}/`)("podcast-partytime");
process.stdout.write(JSON.stringify(parseFeed(readFileSync(0, "utf8"))));
