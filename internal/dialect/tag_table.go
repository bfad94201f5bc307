package dialect

import "strconv"

// tableLoop is what tablerowloop names.
type tableLoop struct {
	loop
	columns int
	column  int // from 0
	row     int // from 1
}

func (l *tableLoop) property(name string) any {
	switch name {
	case "col":
		return int64(l.column + 1)
	case "col0":
		return int64(l.column)
	case "col_first":
		return l.column == 0
	case "col_last":
		return l.column == l.columns-1
	case "row":
		return int64(l.row)
	case "parentloop", "name":
		return nil
	}
	return l.loop.property(name)
}

// tableNode writes a table's rows and cells around its body.
type tableNode struct {
	at
	looping
	columns expression
	body    []node
}

func (*tableNode) blank() bool { return false }

func tablerowTag(b *builder, t *token) (node, *Error) {
	n := &tableNode{at: at(t.at)}
	var ignored expression // range: is taken and means nothing
	var err *Error
	if n.looping, err = b.looping(t, map[string]*expression{"cols": &n.columns, "range": &ignored}); err != nil {
		return nil, err
	}
	var end *token
	if n.body, end, err = b.body("endtablerow"); err != nil {
		return nil, err
	}
	if end == nil {
		return nil, b.unclosed(t)
	}
	return n, nil
}

func (n *tableNode) render(r *run) (flow, error) {
	outer := r.chain
	r.chain = nil
	defer func() { r.chain = outer }()
	v, err := n.collection.eval(r)
	if err != nil || v == nil {
		return onward, err
	}
	s, err := n.series(r)
	if err != nil {
		return onward, err
	}
	l := &tableLoop{loop: loop{length: s.count}, columns: s.count, row: 1}
	if n.columns != nil {
		if l.columns, err = whole(r, n.columns); err != nil {
			return onward, err
		}
	}
	r.frames = append(r.frames, frame{name: n.variable, loop: l})
	mine := len(r.frames) - 1
	defer func() { r.frames = r.frames[:mine] }()
	if err := r.write("<tr class=\"row1\">\n"); err != nil {
		return onward, err
	}
	for i := range s.count {
		if err := r.step(); err != nil {
			return onward, err
		}
		l.index = i
		r.frames[mine].value = s.at(i)
		f, err := n.cell(r, l)
		if err != nil {
			return onward, err
		}
		if f == breaking {
			break
		}
	}
	return onward, r.write("</tr>\n")
}

func (n *tableNode) cell(r *run, l *tableLoop) (flow, error) {
	if err := r.write(`<td class="col` + strconv.Itoa(l.column+1) + `">`); err != nil {
		return onward, err
	}
	f, err := r.nodes(n.body)
	if err != nil {
		return onward, err
	}
	if err := r.write("</td>"); err != nil || f == breaking {
		return f, err
	}
	if l.column == l.columns-1 && l.index < l.length-1 {
		if err := r.write("</tr>\n<tr class=\"row" + strconv.Itoa(l.row+1) + "\">"); err != nil {
			return onward, err
		}
	}
	if l.column == l.columns-1 {
		l.column, l.row = 0, l.row+1
	} else {
		l.column++
	}
	return onward, nil
}
