// Unpacks the browser that the tests use: brotli files from the package into a folder.
// usage: node unpack.mjs <package's bin folder> <target folder>
import { createReadStream, createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const [source, target] = process.argv.slice(2);
mkdirSync(target, { recursive: true });
for (const [packed, plain] of [
  ["chromium.br", "chromium"],
  ["al2023.tar.br", "al2023.tar"],
  ["fonts.tar.br", "fonts.tar"],
  ["swiftshader.tar.br", "swiftshader.tar"],
]) {
  await pipeline(
    createReadStream(join(source, packed)),
    createBrotliDecompress(),
    createWriteStream(join(target, plain)),
  );
}
