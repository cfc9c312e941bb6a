package crawler

import "pressmark/crawler/robots"

// SaveRobots passes a copy of a robots.txt to the network as its gate does.
func SaveRobots(n *Network, copy robots.Copy) { n.robots.SaveRobots(copy) }

// KeptRobots returns the number of copies of robots.txt that a network holds, by URL.
func KeptRobots(n *Network) map[string]int {
	kept := map[string]int{}
	for at, list := range n.robots.byURL {
		kept[at] = len(list)
	}
	return kept
}
