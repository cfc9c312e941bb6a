// Package fleet keeps sites on their schedules with River jobs: on a SQLite file for one
// machine, on a Postgres that many machines share for more. There is no coordinator: each
// worker takes the jobs that are due.
//
// What holds it together:
//
//   - A job stands for a key: the sites that share a registrable domain, see [Group]. A
//     key has one job, which is never finished: when its visit ends, it is put off to the
//     time of the next. So two workers never visit a site at once while both are well.
//   - Each worker writes a heartbeat. The jobs of one that has not been heard of for
//     [deadAfter] are given to others. When it comes back, it finds that its jobs are no
//     longer its own and ends their visits; what it still commits is refused by the log's
//     create-if-absent.
//   - On Postgres every request is made under a lease of its host, see [Leases], whatever
//     site leads there: redirects and pictures on hosts that sites share included. A
//     lease lasts longer than a request may, and ends by Postgres's clock alone. It also
//     carries the time from which the host may be asked again, so that intervals hold
//     between workers too.
//   - The archive's log is the truth. A queue that is lost is filled again from the
//     configuration, and the logs say when each site is due: it costs schedules, never
//     articles.
package fleet
