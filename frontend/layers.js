import path from 'node:path';

/**
 * ESLint rule: imports point down only, app → features → components → lib, and
 * a feature never imports another one.
 */
const order = ['lib', 'components', 'features', 'app'];

function place(file) {
  const [layer, unit] = file.split(path.sep);
  return { layer: order.indexOf(layer), unit, name: layer };
}

export const layers = {
  meta: { type: 'problem', schema: [], messages: { up: '{{from}} may not import {{to}}', sibling: 'features/{{from}} may not import features/{{to}}; move what both need to components or lib' } },
  create(context) {
    const src = path.join(context.cwd, 'src');
    const from = place(path.relative(src, context.filename));
    if (from.layer < 0) return {};
    const check = (node) => {
      const target = node.source?.value;
      if (typeof target !== 'string') return;
      let file;
      if (target.startsWith('@/')) file = target.slice(2).split('/').join(path.sep);
      else if (target.startsWith('.')) file = path.relative(src, path.resolve(path.dirname(context.filename), target));
      else return;
      const to = place(file);
      if (to.layer > from.layer) context.report({ node, messageId: 'up', data: { from: from.name, to: to.name } });
      if (from.name === 'features' && to.name === 'features' && from.unit !== to.unit)
        context.report({ node, messageId: 'sibling', data: { from: from.unit, to: to.unit } });
    };
    return { ImportDeclaration: check, ImportExpression: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
  },
};
