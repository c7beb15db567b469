// node build/materials.mjs NUGET.json NPM.json FOLDER: joins the two bills of materials, adds the .NET that a self-contained FOLDER/app brings,
// and writes them with all licences into FOLDER. Nothing in it depends on when and where it is run.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const [nugetFile, npmFile, folder] = process.argv.slice(2);
const read = file => JSON.parse(readFileSync(file, "utf8"));
const packages = process.env.NUGET_PACKAGES ?? join(homedir(), ".nuget/packages");

// Packages that give a file in place of a name: what stands in it.
const named = {
  "Hangfire.AspNetCore": "LGPL-3.0-or-later",
  "Hangfire.Core": "LGPL-3.0-or-later",
  "Hangfire.NetCore": "LGPL-3.0-or-later",
  "Hangfire.PostgreSql": "LGPL-3.0-or-later",
  "htmx-ext-sse": "0BSD",
};

const bill = read(nugetFile);
const nuget = bill.components.map(part => ({ ...part, licenses: licensesOf(part), from: join(packages, part.name.toLowerCase(), part.version.toLowerCase()) }));
const npm = read(npmFile).components.map(part => ({ ...part, licenses: licensesOf(part), from: join("Deliverybot.Site/node_modules", part.group ?? "", part.name) }));
const parts = [...nuget, ...npm, ...frameworks()];
const nameless = parts.filter(part => part.licenses.length === 0).map(part => part.name);
if (nameless.length > 0) {
  throw new Error(`No licence is known of ${nameless.join(", ")}: look it up, and add it to build/materials.mjs.`);
}

bill.components = parts.map(({ from, ...part }) => part);
const refs = new Set(bill.dependencies.map(each => each.ref));
bill.dependencies.push(...parts.filter(part => !refs.has(part["bom-ref"])).map(part => ({ ref: part["bom-ref"], dependsOn: [] })));
bill.metadata.timestamp = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? 0) * 1000).toISOString();
writeFileSync(join(folder, "sbom.cdx.json"), JSON.stringify(bill, null, 2) + "\n");

const notices = parts.map(part => [
  "=".repeat(100), `${part.name} ${part.version}`, `Licence: ${part.licenses.map(nameOf).join(", ")}`, ...(part.copyright ? [part.copyright] : []), "", ...textsOf(part),
].join("\n"));
writeFileSync(join(folder, "THIRD-PARTY-NOTICES.txt"), ["Deliverybot contains the following. Its own licence is in LICENSE.", ...notices].join("\n\n"));

function licensesOf(part) {
  return part.licenses?.length ? part.licenses : named[part.name] ? [{ license: { id: named[part.name] } }] : [];
}

function nameOf(each) {
  return each.expression ?? each.license.id ?? each.license.name;
}

function textsOf(part) {
  return existsSync(part.from)
    ? readdirSync(part.from).filter(file => /^(licen[cs]e|copying|notices?|third-?party-?notices)[^/]*$/i.test(file) && !/\.rtf$|royaltyfree|standard/i.test(file)).sort()
      .map(file => readFileSync(join(part.from, file), "utf8").replaceAll("\r\n", "\n").trim() + "\n")
    : [];
}

function frameworks() {
  const config = join(folder, "app/Deliverybot.Site.runtimeconfig.json");
  const included = existsSync(config) ? read(config).runtimeOptions.includedFrameworks ?? [] : [];
  return included.map(({ name, version }) => ({
    type: "framework", "bom-ref": `${name}@${version}`, name, version, licenses: [{ license: { id: "MIT" } }],
    from: readdirSync(packages).filter(each => each.startsWith(`${name.toLowerCase()}.runtime.`)).map(each => join(packages, each, version)).find(existsSync) ?? "",
  }));
}
