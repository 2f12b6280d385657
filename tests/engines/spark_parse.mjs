// spark_parse.mjs FILE: parses SQL with the grammar of Spark, as the package dt-sql-parser has it, and
// prints what it does not understand.
import fs from "node:fs";
import { createRequire, register } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

// The package names folders and files without extensions, which Node leaves to bundlers.
const hook = `
  import fs from "node:fs";
  import { fileURLToPath, pathToFileURL } from "node:url";
  export async function resolve(name, context, next) {
    if (name.startsWith(".") && context.parentURL) {
      const base = fileURLToPath(new URL(name, context.parentURL));
      for (const file of [base + ".js", base + "/index.js"])
        if (fs.existsSync(file)) return next(pathToFileURL(file).href, context);
    }
    return next(name, context);
  }`;
register("data:text/javascript," + encodeURIComponent(hook));

const root = path.join(process.env.ENGINE_MODULES, "node_modules", "dt-sql-parser");
const main = createRequire(pathToFileURL(root + "/"))("./package.json").main ?? "dist/index.js";
const { SparkSQL } = await import(pathToFileURL(path.join(root, main)));
const text = fs.readFileSync(process.argv[2], "utf8");
const errors = new SparkSQL().validate(text);
for (const error of errors) console.log(`${error.startLine}:${error.startColumn}: ${error.message}`);
process.exit(errors.length > 0 ? 1 : 0);
