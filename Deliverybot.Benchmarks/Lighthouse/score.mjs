// Scores one page as whoever has the cookies, and prints Lighthouse's report. With a header instead, as its command line has it, nothing that
// a worker asks for would be signed in: the pages share their event streams by one.
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const { url, cookies, categories, browser: executablePath } = JSON.parse(process.argv[2]);
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  await browser.setCookie(...cookies);
  const { lhr } = await lighthouse(url, { onlyCategories: categories, logLevel: "error" }, undefined, await browser.newPage());
  process.stdout.write(JSON.stringify(lhr));
} finally {
  await browser.close();
}
