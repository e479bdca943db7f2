import { renderSVG } from 'uqr';

/** The address as a QR code to be printed: an SVG. A quarter of it may be dirty (level Q), and it has the margin of four that readers need. */
export const qrCode = (address: string): string => renderSVG(address, { ecc: 'Q', border: 4 });
