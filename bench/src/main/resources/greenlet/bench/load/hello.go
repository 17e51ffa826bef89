// What HelloServer is, in Go: prints its port, serves until its standard input ends.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
)

var response = []byte("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello")

func answer(connection net.Conn) {
	defer connection.Close()
	request := make([]byte, 4096)
	length := 0
	for {
		read, err := connection.Read(request[length:])
		if err != nil {
			return
		}
		length += read
		if length >= 4 && request[length-1] == '\n' && request[length-3] == '\n' {
			if _, err := connection.Write(response); err != nil {
				return
			}
			length = 0
		}
	}
}

func main() {
	server, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(server.Addr().(*net.TCPAddr).Port)
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	for {
		connection, err := server.Accept()
		if err != nil {
			panic(err)
		}
		go answer(connection)
	}
}
