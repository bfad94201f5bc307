import { describe, expect, it } from 'vitest';
import { match } from './match';

const items = [['Contacts', 'people'], ['Content', 'template'], ['Segments'], ['New segment'], ['Best customers, gone quiet']];
const find = (text: string) => match(text, items, (i) => i).map((i) => i[0]);

describe('match', () => {
  it('gives everything for no text, in its order', () => expect(find(' ')).toHaveLength(items.length));
  it('puts what begins with the text first', () => expect(find('seg')).toEqual(['Segments', 'New segment']));
  it('finds by other words', () => expect(find('people')).toEqual(['Contacts']));
  it('wants every word', () => expect(find('best quiet')).toEqual(['Best customers, gone quiet']));
  it('finds inside words last', () => expect(find('ent')).toEqual(['Content', 'Segments', 'New segment']));
  it('finds nothing for nonsense', () => expect(find('xyzzy')).toEqual([]));
});
