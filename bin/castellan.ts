#!/usr/bin/env node
import { join } from 'node:path';
import { main } from '../src/cli/main';
import { packageRoot } from '../src/config/package';

// The one place outside sandbox/ that knows the local Discord: as a program to start, not as code.
const embeddedDiscord = {
  program: join(__dirname, '..', 'sandbox', 'server', 'main.js'),
  configFile: join(packageRoot(), 'sandbox', 'demo', 'castellan.yaml'),
};

void main(process.argv.slice(2), process.env, { program: __filename, embeddedDiscord }).then(
  (code) => process.exit(code),
);
