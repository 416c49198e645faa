// One tree made equal to another, leaving alone what is equal already.

/** Make `old` what `fresh` is; both are nodes of the same kind of place. */
export function become(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (!isElement(old) || old.nodeName !== fresh.nodeName) {
    old.replaceWith(old.ownerDocument.adoptNode(fresh));
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  children(old, [...old.childNodes], [...fresh.childNodes]);
}

/** What the lists have in common at both ends stays; of the rest, each becomes its opposite. */
function children(parent, olds, freshes) {
  const fewest = Math.min(olds.length, freshes.length);
  let start = 0, end = 0;
  while (start < fewest && olds[start].isEqualNode(freshes[start])) start++;
  while (end < fewest - start && olds.at(-1 - end).isEqualNode(freshes.at(-1 - end))) end++;
  const after = olds[olds.length - end] ?? null;
  const before = olds.slice(start, olds.length - end), now = freshes.slice(start, freshes.length - end);
  const pairs = Math.min(before.length, now.length);
  for (let at = 0; at < pairs; at++) become(before[at], now[at]);
  for (const gone of before.slice(pairs)) gone.remove();
  for (const added of now.slice(pairs)) parent.insertBefore(parent.ownerDocument.adoptNode(added), after);
}

function isElement(node) {
  return node.nodeType === Node.ELEMENT_NODE;
}
