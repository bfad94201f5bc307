package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
)

// size is the side of a product's picture in pixels.
const size = 360

// shape gives the distance of a point to a shape's edge, negative inside. Points
// run from -1 to 1, y down. See Quilez, "2D distance functions"
// (https://iquilezles.org/articles/distfunctions2d/).
type shape func(x, y float64) float64

func disc(cx, cy, r float64) shape {
	return func(x, y float64) float64 { return math.Hypot(x-cx, y-cy) - r }
}

func ring(cx, cy, r, w float64) shape {
	return func(x, y float64) float64 { return math.Abs(math.Hypot(x-cx, y-cy)-r) - w/2 }
}

// box is a rectangle by its middle, half sizes and corner radius.
func box(cx, cy, w, h, r float64) shape {
	return func(x, y float64) float64 {
		dx, dy := math.Abs(x-cx)-w+r, math.Abs(y-cy)-h+r
		return math.Hypot(math.Max(dx, 0), math.Max(dy, 0)) + math.Min(math.Max(dx, dy), 0) - r
	}
}

// taper is an upright shape whose half width goes from top to bottom.
func taper(cx, top, bottom, wTop, wBottom float64) shape {
	return func(x, y float64) float64 {
		t := math.Min(1, math.Max(0, (y-top)/(bottom-top)))
		side := math.Abs(x-cx) - (wTop + (wBottom-wTop)*t)
		return math.Max(side, math.Max(top-y, y-bottom))
	}
}

func ellipse(cx, cy, rx, ry float64) shape {
	return func(x, y float64) float64 {
		return (math.Hypot((x-cx)/rx, (y-cy)/ry) - 1) * math.Min(rx, ry)
	}
}

func line(x1, y1, x2, y2, w float64) shape {
	return func(x, y float64) float64 {
		px, py, dx, dy := x-x1, y-y1, x2-x1, y2-y1
		t := math.Min(1, math.Max(0, (px*dx+py*dy)/(dx*dx+dy*dy)))
		return math.Hypot(px-dx*t, py-dy*t) - w/2
	}
}

func inside(a, b shape) shape {
	return func(x, y float64) float64 { return math.Max(a(x, y), b(x, y)) }
}

func without(a, b shape) shape {
	return func(x, y float64) float64 { return math.Max(a(x, y), -b(x, y)) }
}

// layer is a shape in a colour.
type layer struct {
	shape shape
	ink   color.RGBA
}

// paint draws layers on a ground and gives a PNG. Edges are smoothed over one
// pixel; the picture has few colours, so it is kept with a palette.
func paint(ground color.RGBA, layers []layer) ([]byte, error) {
	palette, img := color.Palette{}, image.NewRGBA(image.Rect(0, 0, size, size))
	const pixel = 2.0 / size
	for py := range size {
		for px := range size {
			x, y := (float64(px)+0.5)*pixel-1, (float64(py)+0.5)*pixel-1
			c := ground
			for _, l := range layers {
				if cover := math.Min(1, 0.5-l.shape(x, y)/pixel); cover > 0 {
					c = blend(c, l.ink, cover)
				}
			}
			img.SetRGBA(px, py, c)
		}
	}
	inks := append([]layer{{ink: ground}}, layers...)
	const steps = 4 // shades of an edge
	for _, a := range inks {
		for _, b := range inks {
			for s := range steps {
				if len(palette) < 256 {
					palette = appendNew(palette, blend(a.ink, b.ink, float64(s)/(steps-1)))
				}
			}
		}
	}
	flat := image.NewPaletted(img.Bounds(), palette)
	seen := map[color.RGBA]uint8{}
	for py := range size {
		for px := range size {
			c := img.RGBAAt(px, py)
			i, ok := seen[c]
			if !ok {
				i = uint8(palette.Index(c))
				seen[c] = i
			}
			flat.SetColorIndex(px, py, i)
		}
	}
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	err := e.Encode(&b, flat)
	return b.Bytes(), err
}

func appendNew(p color.Palette, c color.RGBA) color.Palette {
	for _, have := range p {
		if have == c {
			return p
		}
	}
	return append(p, c)
}

func blend(a, b color.RGBA, t float64) color.RGBA {
	mix := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + (float64(y)-float64(x))*t)) }
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}
