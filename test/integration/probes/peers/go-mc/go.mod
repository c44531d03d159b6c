module castellan/test-peer-go-mc

go 1.21

require github.com/Tnze/go-mc v1.20.2

require github.com/google/uuid v1.3.0 // indirect
