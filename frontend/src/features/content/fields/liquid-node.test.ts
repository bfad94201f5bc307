import { describe, expect, it } from 'vitest';
import { fromEditor, shortly, toEditor } from './liquid-node';
import { fits, through } from './rich';

const same = (html: string) => fromEditor(through(toEditor(html)));

describe('keeps as they are', () => {
  it.each([
    ['a paragraph', '<p>Hello there</p>'],
    ['a variable', '<p>Dear {{ first_name | default: "friend" }},</p><p>hello</p>'],
    ['a comparison, with its signs', '<p>{% if points > 5 && true %}more{% endif %} &amp; less</p>'],
    ['an address that is a variable', '<p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p>'],
    ['an address with one, quotes and all', '<p><a href="https://x.example/?u={{ email | default: \'\' }}">Go</a></p>'],
    ['lists without paragraphs in them', '<ul><li>One</li><li>Two <strong>strong</strong></li></ul>'],
    ['accents', '<p><strong>bold</strong> and <em>leaning</em><br>next</p>'],
  ])('%s', (_, html) => {
    expect(same(html)).toBe(html);
    expect(fits(html)).toBe(true);
  });
});

it.each([
  ['b and i become strong and em', '<p><b>bold</b> <i>leaning</i></p>', '<p><strong>bold</strong> <em>leaning</em></p>'],
  ['text without paragraphs gets one', 'Hello', '<p>Hello</p>'],
  ['nothing stays nothing', '', ''],
])('%s', (_, html, want) => {
  expect(same(html)).toBe(want);
  expect(fits(html)).toBe(true);
});

it.each([
  ['Liquid around the lines of a list', '<ul>{% for i in cart.items %}<li>{{ i.title }}</li>{% endfor %}</ul>'],
  ['a table', '<table><tr><td>x</td></tr></table>'],
  ['a picture', '<p><img src="https://x.example/a.png"></p>'],
])('leaves to the code what it would lose: %s', (_, html) => expect(fits(html)).toBe(false));

it('never makes a link of a script', () => {
  expect(same('<p><a href="javascript:alert(1)">x</a></p>')).not.toContain('javascript');
});

it('calls a chip by its name', () => {
  expect(shortly('{{ first_name | default: "x" }}')).toBe('first_name');
  expect(shortly('{%- if city -%}')).toBe('if city');
});
