// What html-validate says of every HTML file of a folder, as one JSON list of lines.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [installed, folder] = process.argv.slice(2);
const require = createRequire(join(installed, "node_modules", "here.js"));
const { HtmlValidate, StaticConfigLoader } = require("html-validate");

const judge = new HtmlValidate(
  new StaticConfigLoader({
    extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
    rules: {
      // Matters of taste: both forms are HTML.
      "doctype-style": "off",
      "void-style": "off",
      "no-trailing-whitespace": "off",
      // ARIA lets lists have names, too.
      "aria-label-misuse": ["error", { allowAnyNamable: true }],
      // What is loaded is our own, at addresses that are hashes of it.
      "require-sri": ["error", { target: "crossorigin" }],
    },
  }),
);

const found = [];
for (const name of readdirSync(folder).sort()) {
  if (!name.endsWith(".html")) continue;
  const report = judge.validateStringSync(readFileSync(join(folder, name), "utf-8"), name);
  for (const { messages } of report.results)
    for (const { ruleId, message, line, column } of messages)
      found.push(`${name}:${line}:${column} ${ruleId}: ${message}`);
}
console.log(JSON.stringify(found));
