import type { CollisionDetection } from '@dnd-kit/core';

/** The gap between rows whose middle is nearest to the pointer; the deeper one of two that lie together when it is further right. */
export const nearestGap: CollisionDetection = ({ droppableContainers, droppableRects, pointerCoordinates }) => {
  if (!pointerCoordinates) return [];
  const { x, y } = pointerCoordinates;
  const near = droppableContainers.flatMap((c) => {
    const rect = droppableRects.get(c.id);
    if (!rect) return [];
    const down = Math.abs(rect.top + rect.height / 2 - y);
    // A gap that begins right of the pointer belongs to a group further in.
    const across = rect.left > x ? rect.left - x : 0;
    return [{ id: c.id, data: { droppableContainer: c, value: down + across / 4 - rect.left / 1000 } }];
  });
  return near.sort((a, b) => a.data.value - b.data.value).slice(0, 1);
};
