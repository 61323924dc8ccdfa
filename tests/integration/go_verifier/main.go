// Command go_verifier audits a tlog-tiles directory with Go's checksum-database libraries alone:
// golang.org/x/mod/sumdb/note opens the checkpoint, golang.org/x/mod/sumdb/tlog authenticates every
// tile, and each entry is hashed and compared. It shares no code with guard.
//
//	go_verifier DIRECTORY VKEY
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// directory reads tiles from disk, as tlog.TileReader wants it.
type directory string

func (d directory) Height() int { return height }

func (d directory) SaveTiles([]tlog.Tile, [][]byte) {}

func (d directory) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		// x/mod writes tile/<height>/<level>/…, c2sp.org/tlog-tiles leaves the height out.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(d), path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func checkpoint(dir, vkey string) (tlog.Tree, error) {
	var tree tlog.Tree
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, err
	}
	data, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, errors.New("malformed checkpoint")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree, errors.New("malformed root")
	}
	copy(tree.Hash[:], root)
	return tree, nil
}

func bundle(dir string, number, size int64) ([][]byte, error) {
	width := min(size-number*256, 256)
	tile := tlog.Tile{H: height, L: -1, N: number, W: int(width)}
	path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for reader := bytes.NewReader(data); reader.Len() > 0; {
		var length uint16
		if err := binary.Read(reader, binary.BigEndian, &length); err != nil {
			return nil, err
		}
		if int(length) > reader.Len() {
			return nil, errors.New("cut bundle")
		}
		entry := make([]byte, length)
		if _, err := reader.Read(entry); err != nil && length > 0 {
			return nil, err
		}
		entries = append(entries, entry)
	}
	if int64(len(entries)) != width {
		return nil, fmt.Errorf("bundle %d holds %d entries", number, len(entries))
	}
	return entries, nil
}

func audit(dir, vkey string) (int64, error) {
	tree, err := checkpoint(dir, vkey)
	if err != nil {
		return 0, err
	}
	hashes := tlog.TileHashReader(tree, directory(dir))
	for number := int64(0); number*256 < tree.N; number++ {
		entries, err := bundle(dir, number, tree.N)
		if err != nil {
			return 0, err
		}
		var indexes []int64
		for place := range entries {
			indexes = append(indexes, tlog.StoredHashIndex(0, number*256+int64(place)))
		}
		signed, err := hashes.ReadHashes(indexes)
		if err != nil {
			return 0, err
		}
		for place, entry := range entries {
			if tlog.RecordHash(entry) != signed[place] {
				return 0, fmt.Errorf("leaf %d", number*256+int64(place))
			}
		}
	}
	last := tree.N - 1
	proof, err := tlog.ProveRecord(tree.N, last, hashes)
	if err != nil {
		return 0, err
	}
	leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, last)})
	if err != nil {
		return 0, err
	}
	return tree.N, tlog.CheckRecord(proof, tree.N, tree.Hash, last, leaf[0])
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go_verifier DIRECTORY VKEY")
		os.Exit(2)
	}
	count, err := audit(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
	fmt.Println("ok", count)
}
