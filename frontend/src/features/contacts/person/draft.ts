/** Values as they are typed, and back. */

export function draftOf(value: unknown, type: string): string {
  if (type === 'boolean') return value === true ? 'Yes' : value === false ? 'No' : 'Empty';
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join(', ');
  return String(value);
}

/** What is sent for a typed text; null empties the attribute. The program checks it. */
export function parsedOf(text: string, type: string): unknown {
  const s = text.trim();
  if (s === '' || (type === 'boolean' && s === 'Empty')) return null;
  switch (type) {
    case 'boolean':
      return s === 'Yes';
    case 'list':
      return s.split(',').map((i) => i.trim()).filter(Boolean);
    case 'number':
    case 'money': {
      const plain = s.replaceAll(/[\s\u202f\u00a0]/g, '');
      return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : s;
    }
  }
  return s;
}
