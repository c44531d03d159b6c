import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import jest from 'eslint-plugin-jest';

/**
 * The arrows of docs/architecture.md: what a folder may not import, and why.
 * `group` takes gitignore patterns over the import's text, so relative depth does not matter.
 */
const arrow = (files, forbidden) => ({
  files,
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: forbidden.map(([group, message]) => ({ group, message })) },
    ],
  },
});

const sandbox = [
  ['**/sandbox/**'],
  'The product does not know the local Discord: it is reached only through DISCORD_TOKEN and DISCORD_API_URL.',
];
const effects = [
  ['**/activities/**', '**/worker/**', '@temporalio/worker'],
  'The bot and the web server only start workflows and signal them; effects belong to the worker.',
];
/** @param part a folder of src; the bot's screens are functions of the state, which others may show */
const apart = (part) => [
  [`**/${part}/**`, `!**/${part}/views/**`],
  'The bot and the web server do not know each other: what several parts need has a place of its own.',
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'dist.*/',
      'node_modules/',
      '.castellan/',
      'coverage/',
      'plugins/minecraft/*/target/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        AbortSignal: 'readonly',
        AbortController: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
  { files: ['**/*.test.ts'], ...jest.configs['flat/recommended'] },
  arrow(
    ['src/domain/**/*.ts'],
    [
      [
        [
          '../**/config/**',
          '../**/db/**',
          '../**/discord/**',
          '../**/temporal/**',
          '@temporalio/*',
          '@discordjs/*',
          'knex',
          'pg',
          'node:*',
        ],
        'The domain is pure: it knows nothing of Temporal, Discord, SQL or the machine.',
      ],
    ],
  ),
  arrow(
    ['workflows/**/*.ts'],
    [
      [
        [
          '**/src/db/**',
          '**/src/discord/**',
          '**/src/web/**',
          '**/src/storage/**',
          '**/src/cli/**',
          '**/worker/**',
          'node:*',
          'knex',
          'pg',
        ],
        'Workflows import the domain, contracts and the types of activities only.',
      ],
      sandbox,
    ],
  ),
  arrow(['src/discord/**/*.ts'], [effects, sandbox, apart('web')]),
  arrow(['src/web/**/*.ts'], [effects, sandbox, apart('discord')]),
  arrow(['src/{config,timing}/**/*.ts'], [effects, sandbox, apart('web'), apart('discord')]),
  arrow(
    ['src/{cli,db,storage,temporal,observability}/**/*.ts', 'activities/**/*.ts', 'worker/**/*.ts'],
    [sandbox],
  ),
);
