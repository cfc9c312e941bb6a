package simulator

import (
	"context"
	"net"
	"net/netip"
	"sync"
)

// network is a net.Listener whose connections are made in memory.
type network struct {
	accept chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newNetwork() *network {
	return &network{accept: make(chan net.Conn), closed: make(chan struct{})}
}

// dial connects to the listener under the remote address to.
func (n *network) dial(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
	ours, theirs := net.Pipe()
	remote := net.TCPAddrFromAddrPort(to)
	select {
	case n.accept <- pipeEnd{theirs, remote, clientAddr()}:
		return pipeEnd{ours, clientAddr(), remote}, nil
	case <-n.closed:
		return nil, &net.OpError{Op: "dial", Net: "tcp", Addr: remote, Err: net.ErrClosed}
	case <-ctx.Done():
		return nil, &net.OpError{Op: "dial", Net: "tcp", Addr: remote, Err: ctx.Err()}
	}
}

func clientAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(45, 33, 255, 1), Port: 40000} }

func (n *network) Accept() (net.Conn, error) {
	select {
	case c := <-n.accept:
		return c, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

func (n *network) Close() error {
	n.once.Do(func() { close(n.closed) })
	return nil
}

func (n *network) Addr() net.Addr { return clientAddr() }

// pipeEnd is an end of a pipe that shows addresses like a TCP connection.
type pipeEnd struct {
	net.Conn
	local, remote net.Addr
}

func (p pipeEnd) LocalAddr() net.Addr  { return p.local }
func (p pipeEnd) RemoteAddr() net.Addr { return p.remote }
