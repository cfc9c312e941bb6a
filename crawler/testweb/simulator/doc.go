// Package simulator is a small internet for tests: news sites that publish,
// edit, delete and restore stories over simulated days, faults that servers and
// networks have, traps that crawlers fall into, and the truth, which is what a
// perfect crawler would have archived. Equal options give equal simulations.
//
// A [Simulator] needs no sockets. [Simulator.Dial] opens connections in memory
// to any simulated host, under addresses of its own (see [Simulator.Resolve]),
// so that a whole crawl may run in a bubble of testing/synctest: pass
// time.Now as [Options.Clock], call [Simulator.Start] within the bubble, and a
// simulated week takes seconds. Without a clock the time is what
// [Simulator.SetNow] says. [Simulator.Listen] serves every site on a port of
// 127.0.0.1 instead, for programs that are tested from outside, and
// [Simulator.Handler] answers for all hosts by the Host header.
//
// The sites are those of package newsroom (where [Options.Demo] asks for them)
// and generated ones in the same three layouts, under http://site00.test and so
// on. Stories change only outside the first [Options.Quiet] of every hour, so
// that an hourly crawl that ends in time sees a still world, and its truth is
// exact.
//
// Faults and traps are described by [Fault]; [Storm] is a mixture of passing
// ones that a crawler with a few retries survives with nothing lost. The truth
// takes no notice of faults.
package simulator
