//! Triangles in space.

use canread::Record;
use serde::{Deserialize, Serialize};

use super::clear::clear;
use super::{Shape, Size};
use crate::random::Random;
use crate::{buffa_types, prost_types};

/// One record with 125,000 triangles.
pub struct Triangles;

impl Shape for Triangles {
    const NAME: &'static str = "mesh";
    const RECORD: &'static str = "bench.Mesh";
    const EVOLVED: &'static [&'static str] = &["Triangle"];
    type Owned = Mesh;
    /// Nothing in it is text.
    type Borrowed<'a> = Mesh;
    type Prost = prost_types::Mesh;
    type Buffa = buffa_types::Mesh;
    type BuffaView<'a> = buffa_types::view::MeshView<'a>;

    fn records(size: Size) -> Vec<Mesh> {
        let mut random = Random::new(0x1234_5678_9abc_def1);
        let mut vector = || Vector3 { x: random.f32(), y: random.f32(), z: random.f32() };
        let mut triangle = || Triangle { v0: vector(), v1: vector(), v2: vector(), normal: vector() };
        vec![Mesh { triangles: (0..size.of(125_000, 200)).map(|_| triangle()).collect() }]
    }
}

/// A point or direction.
#[derive(Debug, Clone, Copy, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Vector3")]
#[expect(missing_docs, reason = "an example")]
pub struct Vector3 {
    #[field(1)]
    pub x: f32,
    #[field(2)]
    pub y: f32,
    #[field(3)]
    pub z: f32,
}

/// Three corners, and which way it looks.
#[derive(Debug, Clone, Copy, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Triangle")]
#[expect(missing_docs, reason = "an example")]
pub struct Triangle {
    #[field(1)]
    pub v0: Vector3,
    #[field(2)]
    pub v1: Vector3,
    #[field(3)]
    pub v2: Vector3,
    #[field(4)]
    pub normal: Vector3,
}

/// All triangles.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Mesh")]
#[expect(missing_docs, reason = "an example")]
pub struct Mesh {
    #[field(1)]
    pub triangles: Vec<Triangle>,
}

clear!(Mesh: triangles);
