import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';
import { layers } from './layers.js';

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/lib/generated'] },
  ...ts.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks, mailwright: { rules: { layers } } },
    rules: {
      'mailwright/layers': 'error',
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always'],
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': ['error', { property: 'dangerouslySetInnerHTML', message: 'Data is never HTML of the page.' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Data is never HTML of the page.' },
        { selector: 'NewExpression[callee.name="FormData"]', message: 'A FormData body of fetch ends the whole program in WebKitGTK.' },
      ],
    },
  },
);
