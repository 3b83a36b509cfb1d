// Looks at briefs as their readers' browsers show them.
//
//     node check.mjs BRIEF.html… [--edge HOSTILE.html…]
//
// Beside a brief of a case stands its findings.json, which must be as SCHEMA, a JSON Schema, says.
// Files after --edge hold texts that nobody would write: their first screen may be longer than a screen, and they are
// looked at in one set of colours, which do not depend on the texts. Every fault is one line; exit 1 if there is one.
// CHROMIUM names the browser's program, SCHEMA the file of the schema.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

/** The screens whose first view must hold the four sentences. */
const FIRST_SCREENS = [[1280, 800], [390, 844]];
const SCREENS = [...FIRST_SCREENS, [320, 640]];
/** A4 without its margins, in CSS pixels. */
const PAPER = [[665, 978]];
const MODES = {
  light: { screens: SCREENS, options: { colorScheme: "light" } },
  dark: { screens: SCREENS, options: { colorScheme: "dark" } },
  "forced colours": { screens: SCREENS, options: { forcedColors: "active" } },
  print: { screens: PAPER, options: {}, media: "print" },
};
const VIEWS = Object.entries(MODES).flatMap(([mode, { screens, options, media }]) =>
  screens.map((screen) => ({ mode, where: `${mode}, ${screen[0]} wide`, screen, options, media })),
);
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Wider than the rounding of a coordinate, narrower than what an eye sees. */
const SLACK = 1.5;

const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:document"],
  // The title is the strategy's, cut; the rule counts what escaping adds to it.
  rules: { "no-inline-style": "error", "long-title": "off" },
});

let faults = 0;
function fault(file, where, what) {
  faults += 1;
  console.log(`${path.basename(file)}: ${where}: ${what}`);
}

async function open(browser, file, { where, screen: [width, height], options, media }) {
  const context = await browser.newContext({ viewport: { width, height }, offline: true, ...options });
  const page = await context.newPage();
  if (media) await page.emulateMedia({ media });
  const own = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url() !== own) fault(file, where, `asks for ${request.url()}`);
  });
  page.on("console", (message) => fault(file, where, `the console says: ${message.text()}`));
  page.on("pageerror", (error) => fault(file, where, `an error: ${error.message}`));
  await page.goto(own);
  return page;
}

/** Runs in the page: what sticks out of it, of a chart, or of a box in the chain. */
function sticksOut(slack) {
  const out = [];
  const wider = document.documentElement.scrollWidth - window.innerWidth;
  if (wider > 0) out.push(`the page scrolls sideways by ${wider} pixels`);
  for (const chart of document.querySelectorAll("svg.chart, svg.theory, .t-node")) {
    const box = (chart.querySelector(":scope > .t-box, :scope > .t-gap, :scope > .t-missing") ?? chart).getBoundingClientRect();
    if (box.width === 0) continue;
    for (const text of chart.querySelectorAll("text")) {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      const beyond = Math.max(box.left - left, right - box.right, box.top - top, bottom - box.bottom);
      if (beyond > slack) {
        out.push(`${chart.parentElement.id || chart.getAttribute("class")}: “${text.textContent.slice(0, 60)}” leaves its chart by ${beyond.toFixed(1)}`);
      }
    }
  }
  return out;
}

/** Runs in the page: how far down each of the four sentences ends. */
function sentences() {
  return [...document.querySelectorAll(".in-brief dl > div")].map((one) => ({
    name: one.querySelector("dt").textContent,
    bottom: one.querySelector("dd").getBoundingClientRect().bottom,
  }));
}

const openAll = () => document.querySelectorAll("details").forEach((one) => { one.open = true; });

async function look(browser, file, isEdge, view) {
  const { mode, where, screen } = view;
  const page = await open(browser, file, view);
  if (!isEdge && mode === "light" && FIRST_SCREENS.includes(screen)) {
    const four = await page.evaluate(sentences);
    if (four.length !== 4) fault(file, where, `${four.length} sentences on the first screen, not four`);
    for (const { name, bottom } of four) {
      if (bottom > screen[1]) fault(file, where, `“${name}” ends below the first screen, at ${Math.ceil(bottom)}`);
    }
  }
  // What a reader may open is looked at as well; paper shows what it shows.
  if (!view.media) await page.evaluate(openAll);
  for (const what of await page.evaluate(sticksOut, SLACK)) fault(file, where, what);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (values) => window.axe.run(document, { runOnly: values, resultTypes: ["violations"] }),
    RULES,
  );
  for (const { id, help, nodes } of violations) {
    fault(file, where, `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join("  ")}`);
  }
  await page.context().close();
}

/** A reader without scripts sees the same page, and can read all of it. */
async function withoutScripts(browser, file, screen) {
  const where = `without scripts, ${screen[0]} wide`;
  const seen = [];
  for (const javaScriptEnabled of [true, false]) {
    const page = await open(browser, file, { where, screen, options: { javaScriptEnabled } });
    const text = await page.locator("body").innerText();
    seen.push({ text, picture: await page.screenshot({ fullPage: true }) });
    await page.context().close();
  }
  const [as, without] = seen;
  if (without.text.trim() === "" || as.text !== without.text) fault(file, where, "another text is shown");
  if (!as.picture.equals(without.picture)) fault(file, where, "the page looks different");
}

async function validate(file) {
  const report = await validator.validateFile(file);
  for (const { messages } of report.results) {
    for (const { line, ruleId, message } of messages) fault(file, `line ${line}`, `${ruleId}: ${message}`);
  }
}

/** The findings beside a brief are as their schema says, and the schema would refuse others. */
function validateFindings(brief, isValid) {
  const file = path.join(path.dirname(brief), "findings.json");
  const findings = JSON.parse(readFileSync(file, "utf8"));
  if (!isValid(findings)) fault(file, "schema", JSON.stringify(isValid.errors.slice(0, 3)));
  findings.findings[0].verdict = "perhaps";
  if (isValid(findings)) fault(file, "schema", "a verdict that there is not is let through");
}

const words = process.argv.slice(2);
const edge = words.indexOf("--edge");
const files = words.filter((word) => word !== "--edge").map((word) => path.resolve(word));
if (files.length === 0) {
  console.error("usage: node check.mjs BRIEF.html… [--edge HOSTILE.html…]");
  process.exit(2);
}
// Formats such as `uint64` are notes to programmers; what they mean is in the schema's own words.
const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
const isValid = ajv.compile(JSON.parse(readFileSync(process.env.SCHEMA, "utf8")));
for (const brief of files.slice(0, edge >= 0 ? edge : files.length)) validateFindings(brief, isValid);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Root, as in a container, cannot have Chromium's sandbox.
  chromiumSandbox: process.getuid?.() !== 0,
  args: ["--disable-gpu"],
});
let viewsOpened = 0;
const jobs = files.flatMap((file, index) => {
  const isEdge = edge >= 0 && index >= edge;
  const views = isEdge ? VIEWS.filter(({ mode }) => mode === "light" || mode === "print") : VIEWS;
  viewsOpened += views.length;
  return [
    () => validate(file),
    ...views.map((view) => () => look(browser, file, isEdge, view)),
    ...FIRST_SCREENS.map((screen) => () => withoutScripts(browser, file, screen)),
  ];
});
// As many at once as there are cores.
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job();
  }),
);
await browser.close();
const outcome = faults === 0 ? "no fault" : `${faults} faults`;
console.log(`brief: ${files.length} files in ${viewsOpened} views, and without scripts: ${outcome}`);
process.exit(faults === 0 ? 0 : 1);
