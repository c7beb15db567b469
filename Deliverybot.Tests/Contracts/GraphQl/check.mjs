// Reads { documents: [{ name, text }], subset } from standard input, and writes as a JSON list what GitHub's schema
// (npm @octokit/graphql-schema) finds wrong with the documents, and where the subset isn't one of it.

import { readFileSync } from "node:fs";
import { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isRequiredArgument, isRequiredInputField, isSpecifiedScalarType, isUnionType, parse, validate } from "graphql";

const schemaFile = new URL("../../node_modules/@octokit/graphql-schema/schema.graphql", import.meta.url);
// GitHub's file names two fields twice.
const github = buildSchema(readFileSync(schemaFile, "utf8"), { assumeValidSDL: true });
const { documents, subset } = JSON.parse(readFileSync(0, "utf8"));
const faults = [];

for (const { name, text } of documents) {
  faults.push(...validate(github, parse(text)).map(error => `${name}: ${error.message}`));
}

for (const type of Object.values(buildSchema(subset).getTypeMap())) {
  const name = type.name;
  if (!name.startsWith("__") && !isSpecifiedScalarType(type)) {
    const original = github.getType(name);
    if (original?.constructor !== type.constructor) {
      faults.push(`${name} isn't there, or of another kind`);
    } else {
      compare(type, original);
    }
  }
}

console.log(JSON.stringify(faults));

function compare(type, original) {
  if (isObjectType(type) || isInterfaceType(type)) {
    missing(type.name, names(type.getInterfaces()), names(original.getInterfaces()));
    compareFields(type, original, compareArguments);
  } else if (isInputObjectType(type)) {
    compareFields(type, original, () => {});
    missing(type.name, Object.values(original.getFields()).filter(isRequiredInputField).map(field => field.name), Object.keys(type.getFields()));
  } else if (isEnumType(type)) {
    missing(type.name, names(type.getValues()), names(original.getValues()));
  } else if (isUnionType(type)) {
    missing(type.name, names(type.getTypes()), names(original.getTypes()));
  }
}

function compareFields(type, original, inside) {
  for (const field of Object.values(type.getFields())) {
    const place = `${type.name}.${field.name}`;
    const counterpart = original.getFields()[field.name];
    if (String(counterpart?.type) !== String(field.type)) {
      faults.push(`${place} is ${field.type}, at GitHub ${counterpart?.type ?? "not there"}`);
    } else {
      inside(place, field, counterpart);
    }
  }
}

function compareArguments(place, field, counterpart) {
  for (const argument of field.args) {
    const original = counterpart.args.find(other => other.name === argument.name);
    if (described(original) !== described(argument)) {
      faults.push(`${place}(${argument.name}) is ${described(argument)}, at GitHub ${described(original)}`);
    }
  }

  missing(place, names(counterpart.args.filter(isRequiredArgument)), names(field.args));
}

function described(argument) {
  return argument ? `${argument.type} = ${argument.defaultValue}` : "not there";
}

function missing(place, wanted, there) {
  faults.push(...wanted.filter(name => !there.includes(name)).map(name => `${place}: ${name} is on one side only`));
}

function names(things) {
  return things.map(thing => thing.name);
}
