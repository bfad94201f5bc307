import {
  IconArrowsSplit2, IconBoxMultiple, IconClick, IconCode, IconColumns2, IconHeading, IconLine, IconPhoto, IconShoppingBag, IconSpacingVertical, IconSquare, IconTypography, type Icon,
} from '@tabler/icons-react';

/** The sign of a kind of block; kinds that this page does not know yet are squares. */
export function iconOf(kind: string): Icon {
  return icons[kind] ?? IconSquare;
}

const icons: Record<string, Icon> = {
  heading: IconHeading, text: IconTypography, image: IconPhoto, button: IconClick, products: IconShoppingBag, divider: IconLine,
  spacer: IconSpacingVertical, columns: IconColumns2, html: IconCode, choice: IconArrowsSplit2, block: IconBoxMultiple,
};
