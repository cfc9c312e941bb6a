// Package fleet keeps sites on their schedules with River jobs: in a SQLite file for one
// machine, in a Postgres database that many machines share. There is no coordinator: each
// worker takes the jobs that are due.
//
// The rules are:
//
//   - A job belongs to a key: the sites that share a registrable domain, see [Group]. A
//     key has one job, which is never finished: when its visit ends, the job is postponed
//     to the time of the next. So two live workers never visit a site at once.
//   - Each worker writes a heartbeat. If a worker has sent none for [deadAfter], its jobs
//     are given to others. If it comes back, it finds that it has lost its jobs and ends
//     their visits. If it still commits, the log's create-if-absent refuses the commit.
//   - On Postgres every request is made under a lease of its host, see [Leases]. This
//     includes redirects, and pictures on hosts that several sites use. A lease lasts
//     longer than a request may, and expires by Postgres's clock only. It also carries
//     the time of the host's next allowed request, so that intervals hold between workers
//     too.
//   - The archive's log is the source of truth. A lost queue is filled again from the
//     configuration, and the logs say when each site is due. Losing it costs schedules,
//     never articles.
package fleet
