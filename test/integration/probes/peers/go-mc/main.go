// A game of the tests behind go-mc's RCON server: the commands that Castellan uses, worded as vanilla
// words them, and `test …` for what players do. It takes commands only and hangs up on anything else.
// Arguments: the port, and the file that keeps the whitelist when the game is restarted (or none).
package main

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"

	rcon "github.com/Tnze/go-mc/net"
)

type player struct {
	name, uuid string
	heard      []string
}

type score struct {
	value   int
	enabled bool
}

type game struct {
	sync.Mutex
	players   map[string]*player
	scores    map[string]map[string]*score
	whitelist map[string]string
	file      string
}

func main() {
	listener, err := rcon.ListenRCON("127.0.0.1:" + os.Args[1])
	if err != nil {
		panic(err)
	}
	world := &game{
		players:   map[string]*player{},
		scores:    map[string]map[string]*score{},
		whitelist: map[string]string{},
	}
	if len(os.Args) > 2 {
		world.file = os.Args[2]
		if kept, err := os.ReadFile(world.file); err == nil {
			if err := json.Unmarshal(kept, &world.whitelist); err != nil {
				panic(err)
			}
		}
	}
	fmt.Println("ready", listener.Addr().(*net.TCPAddr).Port)
	for {
		connection, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		go serve(connection, world)
	}
}

func serve(connection rcon.RCONServerConn, world *game) {
	defer connection.Close()
	if connection.AcceptLogin(os.Getenv("PEER_PASSWORD")) != nil {
		return
	}
	for {
		command, err := connection.AcceptCmd()
		if err != nil || command == "test hang up" {
			return
		}
		if command == "test say nothing" {
			continue
		}
		if connection.RespCmd(world.run(command)) != nil {
			return
		}
	}
}

func (g *game) run(command string) string {
	g.Lock()
	defer g.Unlock()
	verb, rest, _ := strings.Cut(command, " ")
	words := strings.Fields(rest)
	switch {
	case verb == "test" && len(words) > 1:
		return g.test(words)
	case verb == "scoreboard" && len(words) > 3 && words[0] == "objectives":
		return g.addObjective(words[2])
	case verb == "scoreboard" && len(words) == 4 && words[0] == "players":
		return g.score(words[1], words[2], words[3])
	case verb == "data" && len(words) == 4:
		return g.uuid(words[2])
	case verb == "tellraw" && len(words) > 1:
		return g.tell(words[0], strings.TrimSpace(strings.TrimPrefix(rest, words[0])))
	case verb == "whitelist" && len(words) > 0:
		return g.list(words)
	}
	return "Unknown or incomplete command, see below for error"
}

// What players do, and long answers.
func (g *game) test(words []string) string {
	key := strings.ToLower(words[1])
	switch words[0] {
	case "join":
		g.players[key] = &player{name: words[1], uuid: words[2]}
	case "heard":
		if g.players[key] == nil {
			return ""
		}
		return strings.Join(g.players[key].heard, "\n")
	case "trigger":
		one := g.scores["castellan"][words[1]]
		if one == nil || !one.enabled {
			return "You cannot trigger this objective yet"
		}
		one.value, _ = strconv.Atoi(words[2])
		one.enabled = false
		return "Triggered"
	case "long":
		length, _ := strconv.Atoi(words[1])
		return strings.Repeat("x", length)
	}
	return "ok"
}

func (g *game) addObjective(name string) string {
	if g.scores[name] != nil {
		return "An objective already exists by that name"
	}
	g.scores[name] = map[string]*score{}
	return "Created new objective [" + name + "]"
}

func (g *game) score(action, holder, objective string) string {
	scores := g.scores[objective]
	if scores == nil {
		return "Unknown scoreboard objective '" + objective + "'"
	}
	one := scores[holder]
	switch action {
	case "enable":
		if one == nil {
			one = &score{}
			scores[holder] = one
		}
		if one.enabled {
			return "Nothing changed. That trigger is already enabled"
		}
		one.enabled = true
		return "Enabled trigger [" + objective + "] for " + holder
	case "get":
		if one == nil {
			return "Can't get value of " + objective + " for " + holder + "; none is set"
		}
		return fmt.Sprintf("%s has %d [%s]", holder, one.value, objective)
	case "reset":
		delete(scores, holder)
		return "Reset [" + objective + "] for " + holder
	}
	return "Unknown or incomplete command, see below for error"
}

func (g *game) uuid(name string) string {
	one := g.players[strings.ToLower(name)]
	if one == nil {
		return "No entity was found"
	}
	bytes, err := hex.DecodeString(strings.ReplaceAll(one.uuid, "-", ""))
	if err != nil {
		return err.Error()
	}
	ints := []string{}
	for at := 0; at < 16; at += 4 {
		ints = append(ints, strconv.Itoa(int(int32(binary.BigEndian.Uint32(bytes[at:])))))
	}
	return one.name + " has the following entity data: [I; " + strings.Join(ints, ", ") + "]"
}

func (g *game) tell(name, component string) string {
	one := g.players[strings.ToLower(name)]
	if one == nil {
		return "No player was found"
	}
	var text struct{ Text string }
	if err := json.Unmarshal([]byte(component), &text); err != nil {
		return err.Error()
	}
	one.heard = append(one.heard, text.Text)
	return ""
}

func (g *game) list(words []string) string {
	names := []string{}
	for _, name := range g.whitelist {
		names = append(names, name)
	}
	sort.Strings(names)
	if words[0] == "list" {
		if len(names) == 0 {
			return "There are no whitelisted players"
		}
		return fmt.Sprintf("There are %d whitelisted player(s): %s", len(names), strings.Join(names, ", "))
	}
	key := strings.ToLower(words[1])
	_, listed := g.whitelist[key]
	switch {
	case words[0] == "add" && listed:
		return "Player is already whitelisted"
	case words[0] == "add":
		g.whitelist[key] = words[1]
		g.keep()
		return "Added " + words[1] + " to the whitelist"
	case !listed:
		return "Player is not whitelisted"
	}
	delete(g.whitelist, key)
	g.keep()
	return "Removed " + words[1] + " from the whitelist"
}

func (g *game) keep() {
	if g.file == "" {
		return
	}
	list, err := json.Marshal(g.whitelist)
	if err == nil {
		err = os.WriteFile(g.file, list, 0o600)
	}
	if err != nil {
		panic(err)
	}
}
